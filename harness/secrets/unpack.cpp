#include "secrets/unpack.hpp"

#include <brotli/decode.h>
#include <cstdint>
#include <zlib.h>

namespace guise::secrets {

namespace {

constexpr std::size_t most_unpacked = 256 * 1024;
constexpr std::size_t most_places = 8;
constexpr int any_header = 15 + 32;  // zlib.h: gzip or zlib, whichever it is
constexpr int no_header = -15;

std::string inflated(std::string_view text, int header) {
    z_stream stream{};
    if (inflateInit2(&stream, header) != Z_OK) return {};
    std::string out(most_unpacked, '\0');
    stream.next_in =
        const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));  // zlib does not write there
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    (void)inflate(&stream, Z_SYNC_FLUSH);  // what is broken is given as far as it came
    out.resize(out.size() - stream.avail_out);
    inflateEnd(&stream);
    return out;
}

std::string unbrotlied(std::string_view text) {
    BrotliDecoderState* state = BrotliDecoderCreateInstance(nullptr, nullptr, nullptr);
    if (!state) return {};
    std::string out(most_unpacked, '\0');
    std::size_t in = text.size(), left = out.size();
    const auto* next_in = reinterpret_cast<const std::uint8_t*>(text.data());
    auto* next_out = reinterpret_cast<std::uint8_t*>(out.data());
    (void)BrotliDecoderDecompressStream(state, &in, &next_in, &left, &next_out, nullptr);
    BrotliDecoderDestroyInstance(state);
    out.resize(out.size() - left);
    return out;
}

void add(std::string_view form, std::string text, std::vector<Unpacked>& out) {
    if (!text.empty()) out.push_back({form, std::move(text)});
}

// Wherever its mark is.
void add_marked(std::string_view text, std::string_view mark, std::string_view form,
                std::vector<Unpacked>& out) {
    for (auto at = text.find(mark); at != std::string_view::npos && out.size() < most_places;
         at = text.find(mark, at + 1))
        add(form, inflated(text.substr(at), any_header), out);
}

}  // namespace

std::vector<Unpacked> unpacked(std::string_view text) {
    std::vector<Unpacked> out;
    add_marked(text, "\x1f\x8b\x08", "gzip", out);
    for (const char* mark : {"\x78\x01", "\x78\x5e", "\x78\x9c", "\x78\xda"})
        add_marked(text, mark, "zlib", out);
    const auto head = text.find("\r\n\r\n");
    const std::string_view body = head == std::string_view::npos ? text : text.substr(head + 4);
    add("deflate", inflated(body, no_header), out);
    add("brotli", unbrotlied(body), out);
    return out;
}

}  // namespace guise::secrets
