// SPDX-License-Identifier: GPL-3.0-or-later
// The one translation unit that holds Asio itself (BOOST_ASIO_SEPARATE_COMPILATION), for every layer that talks to a
// network.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
