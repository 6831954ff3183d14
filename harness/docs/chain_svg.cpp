// SVG does not break lines, and a static page cannot measure its text: lines are broken here, by their number
// of characters, with room for the widest usual font. All lengths are in units of the picture; the page
// scales it.
#include "docs/chain_svg.hpp"

#include <algorithm>

namespace guise::docs {

namespace {

constexpr int width = 400;  // of the picture
constexpr int pad = 12;     // between a box and its text
constexpr int line = 18;    // from one line of text to the next
constexpr int head = 26;    // the line with the name
constexpr int gap = 34;     // between two boxes, for the arrow
constexpr std::size_t per_line = 54;

// Work in progress: the picture so far, and how far down it extends.
struct Canvas {
    Html shapes;
    int y = 1;
};

void text_at(Canvas& canvas, int x, int y, std::string_view classes, std::string_view text) {
    canvas.shapes += html("<text x=\"{}\" y=\"{}\" class=\"{}\">{}</text>\n", x, y, classes, text);
}

void lines_at(Canvas& canvas, int& y, std::string_view classes, std::string_view text) {
    for (const std::string& part : wrapped(text, per_line)) {
        y += line;
        text_at(canvas, pad + 1, y, classes, part);
    }
}

std::string tag_of(const SeenCertificate& one) {
    if (one.sent == Sent::missing) return "not sent";
    if (one.anchor) return one.sent == Sent::sent ? "sent, and trusted" : "trusted anchor";
    return one.sent == Sent::kept ? "not trusted, not sent" : "sent";
}

std::string box_class(const SeenCertificate& one) {
    std::string out = "box";
    if (one.sent != Sent::sent) out += " absent";
    if (one.anchor) out += " anchor";
    if (!one.defects.empty() || one.sent == Sent::missing) out += " wrong";
    return out;
}

int lines_of(const std::vector<std::string>& texts) {
    std::size_t out = 0;
    for (const std::string& text : texts) out += wrapped(text, per_line).size();
    return static_cast<int>(out);
}

void box(Canvas& canvas, const SeenCertificate& one, const std::string& key) {
    const int height = head + line * (lines_of(one.facts) + lines_of(one.defects)) + 10;
    canvas.shapes += html("<rect x=\"1\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"8\" class=\"{}\"/>\n",
                          canvas.y, width - 2, height, box_class(one));
    int y = canvas.y + 20;
    const Html of_key = key.empty() ? Html{} : html(", <tspan class=\"key\">key {}</tspan>", key);
    canvas.shapes +=
        html("<text x=\"{}\" y=\"{}\" class=\"name\">{}{}</text>\n", pad + 1, y, one.recipe, of_key);
    text_at(canvas, width - pad, y, one.anchor ? "tag trusted" : "tag", tag_of(one));
    y += 3;
    for (const std::string& fact : one.facts) lines_at(canvas, y, "fact", fact);
    for (const std::string& defect : one.defects) lines_at(canvas, y, "defect", "\u2717 " + defect);
    canvas.y += height;
}

// From the box above to the one below.
void arrow(Canvas& canvas, const SeenCertificate& signed_one) {
    constexpr int x = width / 2;
    const int end = canvas.y + gap;
    const char* classes = signed_one.unverifiable ? "arrow wrong" : "arrow";
    canvas.shapes +=
        html("<path d=\"M{} {}V{}\" class=\"{}\"/>\n<path d=\"M{} {}l-5 -9h10z\" class=\"{}\"/>\n", x,
             canvas.y, end - 8, classes, x, end, signed_one.unverifiable ? "tip wrong" : "tip");
    text_at(canvas, x + pad, canvas.y + gap / 2 + 4, signed_one.unverifiable ? "defect" : "fact",
            signed_one.unverifiable ? "\u2717 does not verify" : "signs");
    canvas.y = end;
}

// A box below the leaf for what is of the whole.
void remark(Canvas& canvas, const char* title, const char* classes, const char* of_line,
            const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    canvas.y += 10;
    const int height = head + line * lines_of(lines) + 10;
    canvas.shapes += html("<rect x=\"1\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"8\" class=\"{}\"/>\n",
                          canvas.y, width - 2, height, classes);
    int y = canvas.y + 20;
    text_at(canvas, pad + 1, y, "name", title);
    y += 3;
    for (const std::string& each : lines) lines_at(canvas, y, of_line, each);
    canvas.y += height;
}

// What is wrong with the handshake itself.
void handshake(Canvas& canvas, std::vector<std::string> defects) {
    for (std::string& defect : defects) defect = "\u2717 " + defect;
    remark(canvas, "the handshake", "box wrong", "defect", defects);
}

}  // namespace

Html chain_svg(const SeenChain& chain, const std::string& key) {
    Canvas canvas;
    for (const SeenCertificate& one : chain.path) {
        if (&one != &chain.path.front()) arrow(canvas, one);
        box(canvas, one, &one == &chain.path.back() ? key : "");
    }
    remark(canvas, "sent in this order", "box", "fact", chain.order);
    handshake(canvas, chain.handshake);
    return html(
        "<svg class=\"chain-picture\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\" role=\"img\" "
        "aria-label=\"{}\">\n"
        "{}</svg>\n",
        width, canvas.y + 1, width, canvas.y + 1, chain.sentence(), canvas.shapes);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t most) {
    std::vector<std::string> out;
    while (text.size() > most) {
        auto cut = text.rfind(' ', most);
        const bool at_space = cut != std::string_view::npos && cut != 0;
        if (!at_space) cut = most;
        out.emplace_back(text.substr(0, cut));
        text.remove_prefix(at_space ? cut + 1 : cut);
    }
    out.emplace_back(text);
    return out;
}

}  // namespace guise::docs
