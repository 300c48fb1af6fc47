# SPDX-License-Identifier: GPL-3.0-or-later
# The compile policy: one place for everything that changes how a file is compiled.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wold-style-cast -Wswitch-enum -Wnon-virtual-dtor
                    -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
option(WARDLINE_WERROR "Warnings are errors" ON)
if(WARDLINE_WERROR)
  add_compile_options(-Werror)
endif()

set(WARDLINE_SANITIZE "" CACHE STRING "Sanitizers, comma separated")
if(WARDLINE_SANITIZE)
  add_compile_options(-fsanitize=${WARDLINE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${WARDLINE_SANITIZE})
endif()

option(WARDLINE_FUZZ "Build the libFuzzer targets (clang)" OFF)
if(WARDLINE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

add_compile_definitions(QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CONTEXTLESS_CONNECT
                        BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_SEPARATE_COMPILATION SPDLOG_USE_STD_FORMAT)
