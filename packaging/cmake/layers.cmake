# SPDX-License-Identifier: GPL-3.0-or-later
# wardline_layer(NAME FOLDER [USES layer…] [WRAPS library…]): one static library made of all the sources in FOLDER.
# USES are the arrows of ARCHITECTURE "The house" and are public; WRAPS are third-party libraries that only this folder may see.
function(wardline_layer name)
  cmake_parse_arguments(L "" "" "USES;WRAPS;SKIP" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.hpp)
  foreach(skip ${L_SKIP})
    list(FILTER sources EXCLUDE REGEX "/${skip}/")
  endforeach()
  if(NOT sources MATCHES "\\.cpp(;|$)")
    # A layer that holds headers alone is still a library that others can name.
    file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/headers_only.cpp CONTENT "// wl_${name} has no sources\n")
    list(APPEND sources ${CMAKE_CURRENT_BINARY_DIR}/headers_only.cpp)
  endif()
  add_library(wl_${name} STATIC ${sources})
  target_include_directories(wl_${name} PUBLIC ${CMAKE_SOURCE_DIR}/core ${CMAKE_SOURCE_DIR})
  foreach(layer ${L_USES})
    target_link_libraries(wl_${name} PUBLIC wl_${layer})
  endforeach()
  target_link_libraries(wl_${name} PRIVATE ${L_WRAPS})
endfunction()
