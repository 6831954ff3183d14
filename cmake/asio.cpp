// Boost.Asio, compiled once for all sources (BOOST_ASIO_SEPARATE_COMPILATION in cmake/Options.cmake).
#include <boost/asio/impl/src.hpp>
