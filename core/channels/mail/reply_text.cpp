// SPDX-License-Identifier: GPL-3.0-or-later
// Each line is one of: quoted (">"), the line that says who wrote when (it may be broken over up to four lines), a
// separator ("-----Original Message-----" or the earlier mail's header), the mark of a signature, empty, text.
//   separator                what follows it is not new
//   who wrote + ">" lines    both go; text behind them is new (answers below or between quotes)
//   who wrote, no ">"        what follows it is not new (mail programs that do not mark lines)
//   signature mark           it and what follows goes, up to the next quote
#include "channels/mail/reply_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace wl::mail {
namespace {

using Line = std::string_view;

bool isBlankByte(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }

Line trimmed(Line line) {
    while (true) {
        if (!line.empty() && isBlankByte(line.front())) line.remove_prefix(1);
        else if (line.starts_with("\xc2\xa0") || line.starts_with("\xe2\x80\x8b"))
            line.remove_prefix(line[0] == '\xc2' ? 2 : 3);
        else if (line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
        else break;
    }
    while (true) {
        if (!line.empty() && isBlankByte(line.back())) line.remove_suffix(1);
        else if (line.ends_with("\xc2\xa0")) line.remove_suffix(2);
        else if (line.ends_with("\xe2\x80\x8b")) line.remove_suffix(3);
        else break;
    }
    return line;
}

// ASCII to lower case, runs of blanks to one, no-break spaces to blanks; other letters stay.
std::string folded(Line line) {
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i) {
        char c = line[i];
        if (c == '\xc2' && i + 1 < line.size() && line[i + 1] == '\xa0') ++i, c = ' ';
        if (line.substr(i).starts_with("\xe2\x80\xaf")) i += 2, c = ' ';  // narrow no-break space before "PM"
        if (const auto mark = line.substr(i, 3);
            mark.starts_with("\xe2\x80") && mark.size() == 3 &&
            (mark[2] == '\x8e' || mark[2] == '\x8f' || (mark[2] >= '\xaa' && mark[2] <= '\xae'))) {
            i += 2;  // which way the text runs
            continue;
        }
        if (isBlankByte(c) || c == '\n') c = ' ';
        if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

template <std::size_t N>
using Words = std::array<std::string_view, N>;

// "… wrote:" in the languages of mail programs.
constexpr Words<40> kWrote{"wrote",   "schrieb",    "geschrieben", "escribió", "escribio",   "a écrit",    "écrit",
                           "a ecrit", "ha scritto", "scritto",     "escreveu", "schreef",    "skrev",      "kirjoitti",
                           "napisał", "napisała",   "napisał(a)",  "napsal",   "napsal(a)",  "napísal",    "írta",
                           "a scris", "написал",    "написал(а)",  "пишет",    "написала",   "пише",       "написав",
                           "yazdı",   "şunu yazdı", "έγραψε",      "כתב",      "كتب",        "の書き込み", "书写",
                           "写道",    "寫道",       "작성",        "viết",     "va escriure"};

constexpr Words<24> kFromWords{"from",      "von",    "de",        "da",        "van",         "från",
                               "fra",       "od",     "от",        "от кого",   "отправитель", "kimden",
                               "lähettäjä", "feladó", "από",       "מאת",       "من",          "差出人",
                               "发件人",    "寄件者", "보낸 사람", "remitente", "expéditeur",  "mittente"};
constexpr Words<30> kHeaderWords{
    "sent",       "date",      "to",   "subject",   "cc",      "gesendet", "datum", "an",      "betreff", "enviado",
    "enviado el", "fecha",     "para", "asunto",    "envoyé",  "à",        "objet", "inviato", "data",    "a",
    "oggetto",    "verzonden", "aan",  "onderwerp", "assunto", "skickat",  "till",  "ämne",    "sendt",   "emne"};
constexpr Words<24> kHeaderWordsFar{"отправлено", "дата",    "кому",      "тема",      "wysłano",    "do",
                                    "temat",      "wysłane", "odesláno",  "komu",      "předmět",    "gönderilen",
                                    "kime",       "konu",    "送信日時",  "宛先",      "件名",       "发送时间",
                                    "收件人",     "主题",    "보낸 날짜", "받는 사람", "تم الإرسال", "الموضوع"};

constexpr Words<34> kSeparators{"original message",        "original appointment",   "forwarded message",
                                "begin forwarded message", "reply message",          "reply above this line",
                                "ursprüngliche nachricht", "originalnachricht",      "weitergeleitete nachricht",
                                "mensaje original",        "mensaje reenviado",      "message d'origine",
                                "message original",        "message d’origine",      "message transféré",
                                "messaggio originale",     "messaggio inoltrato",    "mensagem original",
                                "mensagem encaminhada",    "oorspronkelijk bericht", "doorgestuurd bericht",
                                "ursprungligt meddelande", "oprindelig meddelelse",  "opprinnelig melding",
                                "alkuperäinen viesti",     "oryginalna wiadomość",   "wiadomość oryginalna",
                                "původní zpráva",          "исходное сообщение",     "пересылаемое сообщение",
                                "orijinal mesaj",          "eredeti üzenet",         "原始邮件",
                                "元のメッセージ"};

// How programs sign on their own.
constexpr Words<34> kSentFrom{"sent from my ",    "sent from mail",      "sent from outlook",
                              "sent from yahoo",  "sent from samsung",   "sent from proton",
                              "sent with ",       "sent via ",           "sent from blackberry",
                              "sent from the ",   "get outlook for",     "von meinem ",
                              "gesendet mit ",    "gesendet von ",       "diese nachricht wurde von mein",
                              "enviado desde ",   "enviado do meu ",     "enviado de mi",
                              "enviado via ",     "envoyé de ",          "envoyé depuis ",
                              "obtenir outlook",  "télécharger outlook", "inviato da",
                              "verzonden vanaf ", "skickat från ",       "sendt fra ",
                              "lähetetty ",       "wysłane z ",          "отправлено с ",
                              "отправлено из ",   "iphoneから送信",      "发自我的",
                              "나의 iphone에서"};

bool isDigit(char c) { return c >= '0' && c <= '9'; }
std::size_t digits(std::string_view s) { return static_cast<std::size_t>(std::ranges::count_if(s, isDigit)); }

bool isWordEnd(std::string_view text, std::size_t at) {
    return at >= text.size() || static_cast<unsigned char>(text[at]) < 0x41;
}

bool endsAttribution(std::string_view line) {
    while (!line.empty() && (line.back() == ':' || line.back() == ' ' || line.back() == '-' || line.back() == '.'))
        line.remove_suffix(1);
    if (line.ends_with("：")) line.remove_suffix(3);
    return std::ranges::any_of(kWrote, [&](Line word) {
        if (!line.ends_with(word)) return false;
        const auto at = line.size() - word.size();
        return at == 0 || static_cast<unsigned char>(word.front()) >= 0xe0 || line[at - 1] == ' ' ||
               line[at - 1] == '>' || line[at - 1] == ')';
    });
}

// "On Monday, Anna wrote:", "Am 3.4. schrieb Anna:", "Anna <a@b> schrieb am …:", "2012/4/3 Anna <a@b>". A date and an
// ending that only these lines have; long prose that happens to say "wrote" has no colon behind it.
bool isAttribution(std::string_view line) {
    if (line.size() < 6 || line.size() > 400) return false;
    const bool colon = line.ends_with(':') || line.ends_with("：");
    if (!colon) {
        // Gmail of old: "2012/4/3 Name <address>"
        return digits(line.substr(0, 10)) >= 6 && line.ends_with('>') && line.contains('@') &&
               (line[4] == '/' || line[4] == '-');
    }
    if (endsAttribution(line)) {
        static constexpr Words<26> kStarts{"on ",  "am ",   "el ",     "le ", "il ", "em ", "op ", "den ", "dnia ",
                                           "dne ", "в ",    "w dniu ", "a ",  "på ", "at ", "pe ", "на ",  "ngày ",
                                           "vào ", "στις ", "em",      "on",  "le",  "el",  "ב",   "في "};
        return digits(line) >= 2 || line.contains('@') ||
               std::ranges::any_of(kStarts, [&](Line start) { return line.starts_with(start); }) || line.size() < 60;
    }
    // Whatever the language: a date, a time and an address, then a colon.
    if (line.contains('@') && line.contains('<') && digits(line.substr(0, line.find('<'))) >= 7) return true;
    // The verb in the middle: "Am 3.4.2012 schrieb Anna Beispiel:", "schrieb am", "Op … schreef Anna:".
    if (digits(line) < 4) return false;
    return std::ranges::any_of(kWrote, [&](Line word) {
        const auto at = line.find(word);
        return at != std::string_view::npos && (at == 0 || line[at - 1] == ' ') && isWordEnd(line, at + word.size()) &&
               line.size() < 220;
    });
}

template <class Range>
bool isHeaderOf(std::string_view line, const Range& words) {
    while (!line.empty() && (line.front() == '*' || line.front() == '_')) line.remove_prefix(1);
    return std::ranges::any_of(words, [&](Line word) {
        if (!line.starts_with(word)) return false;
        auto rest = line.substr(word.size());
        while (!rest.empty() && (rest.front() == '*' || rest.front() == ' ' || rest.front() == '_'))
            rest.remove_prefix(1);
        return rest.starts_with(':') || rest.starts_with("：");
    });
}
bool isFrom(std::string_view line) { return isHeaderOf(line, kFromWords); }
bool isOtherHeader(std::string_view line) {
    return isHeaderOf(line, kHeaderWords) || isHeaderOf(line, kHeaderWordsFar);
}

bool isSeparator(std::string_view line) {
    const auto marks = [](char c) { return c == '-' || c == '_' || c == '=' || c == '*' || c == ' '; };
    auto inner = line;
    while (!inner.empty() && marks(inner.front())) inner.remove_prefix(1);
    while (!inner.empty() && (marks(inner.back()) || inner.back() == ':')) inner.remove_suffix(1);
    const bool dressed = inner.size() + 2 <= line.size() && !line.empty() && marks(line.front());
    if (inner.contains("reply above this line")) return true;
    for (const auto& word : kSeparators)
        if (inner == word) return dressed || line.ends_with(':');
    return false;
}

bool isRule(std::string_view line) {
    return line.size() >= 10 && std::ranges::all_of(line, [](char c) { return c == '_' || c == '-' || c == '='; });
}

bool isSentFrom(std::string_view line) {
    if (line.size() > 120) return false;
    while (!line.empty() && (line.front() == '<' || line.front() == '[' || line.front() == '*')) line.remove_prefix(1);
    return std::ranges::any_of(kSentFrom, [&](Line start) { return line.starts_with(start); }) ||
           line.contains("aus gesendet") || (line.starts_with("von ") && line.contains(" gesendet"));
}

enum class Sort : std::uint8_t { Text, Empty, Quoted, Wrote, Cut, Signature };

std::vector<Line> linesOf(std::string_view text) {
    std::vector<Line> out;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        out.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

class Sorter {
public:
    explicit Sorter(const std::vector<Line>& lines) : m_lines(lines) {
        for (const auto& line : lines) m_folded.push_back(folded(trimmed(line).substr(0, 1000)));
    }
    std::vector<Sort> sorted() {
        std::vector<Sort> out(m_lines.size(), Sort::Text);
        for (std::size_t i = 0; i < m_lines.size();) {
            std::size_t took = 1;
            out[i] = sortOf(i, took);
            for (std::size_t k = 1; k < took; ++k) out[i + k] = out[i];
            i += took;
        }
        return out;
    }

private:
    Sort sortOf(std::size_t i, std::size_t& took) const {
        const auto& line = m_folded[i];
        if (line.empty()) return Sort::Empty;
        if (line.front() == '>' || line.front() == '|') return line.front() == '>' ? Sort::Quoted : Sort::Text;
        if (const auto lines = attribution(i); lines > 0) return took = lines, Sort::Wrote;
        if (isSeparator(line) || startsHeader(i) || (isRule(line) && followedByHeader(i))) return Sort::Cut;
        const auto raw = m_lines[i];
        if (line == "--" || line == "__" || raw == "-- \r" || line == "—" || line == "– –") return Sort::Signature;
        if (line.size() > 2 && line.size() < 40 && line.starts_with("-- ")) return Sort::Signature;
        if (isSentFrom(line)) return Sort::Signature;
        return Sort::Text;
    }

    // How many lines the words "who wrote when" take from here; 0 if they do not begin here.
    [[nodiscard]] std::size_t attribution(std::size_t i) const {
        std::string joined;
        for (std::size_t n = 0; n < 4 && i + n < m_folded.size(); ++n) {
            const auto& line = m_folded[i + n];
            if (line.empty() || line.front() == '>') return 0;
            if (n > 0 && isAttribution(line) && !startsLikeDate(m_folded[i])) return 0;  // it begins further down
            joined += (n > 0 ? " " : "") + line;
            if (isAttribution(joined) && (n == 0 || startsLikeDate(joined))) return n + 1;
        }
        return 0;
    }
    // Only what begins like such a line may be continued on the next.
    [[nodiscard]] static bool startsLikeDate(std::string_view line) {
        static constexpr Words<22> kStarts{"on ",   "am ",   "el ",     "le ", "il ", "em ", "op ", "den ",
                                           "dnia ", "dne ",  "в ",      "på ", "at ", "pe ", "на ", "ngày ",
                                           "vào ",  "στις ", "w dniu ", "ב-",  "في ", "a "};
        return std::ranges::any_of(kStarts, [&](Line start) { return line.starts_with(start); }) ||
               (!line.empty() && isDigit(line.front()) && digits(line.substr(0, 12)) >= 4) || line.contains('@');
    }

    // The header of an earlier mail written out: a From line and another header line near, in either order.
    [[nodiscard]] bool startsHeader(std::size_t i) const {
        const bool from = isFrom(m_folded[i]), other = isOtherHeader(m_folded[i]);
        if (!from && !other) return false;
        bool hasFrom = from;
        int more = 0;
        for (std::size_t k = i + 1; k < std::min(i + 7, m_folded.size()); ++k) {
            if (m_folded[k].empty()) {
                if (k == i + 1) continue;  // HTML turned to text may leave a line between
                if (more == 0) continue;
                break;
            }
            if (isFrom(m_folded[k])) hasFrom = true, ++more;
            else if (isOtherHeader(m_folded[k])) ++more;
        }
        return hasFrom && more >= (from ? 1 : 2);
    }
    [[nodiscard]] bool followedByHeader(std::size_t i) const {
        for (std::size_t k = i + 1; k < std::min(i + 3, m_folded.size()); ++k)
            if (!m_folded[k].empty()) return startsHeader(k);
        return false;
    }

    const std::vector<Line>& m_lines;
    std::vector<std::string> m_folded;
};

std::string joined(const std::vector<Line>& lines) {
    std::string out;
    for (auto line : lines) {
        while (!line.empty() && isBlankByte(line.back())) line.remove_suffix(1);
        if (line.empty() && (out.empty() || out.ends_with("\n\n"))) continue;
        out.append(line).push_back('\n');
    }
    while (out.ends_with('\n')) out.pop_back();
    const auto from = out.find_first_not_of('\n');
    return from == std::string::npos ? std::string() : out.substr(from);
}

}  // namespace

Reply replyOf(std::string_view text) {
    const auto lines = linesOf(text);
    const auto sorts = Sorter(lines).sorted();
    const auto nextMeant = [&](std::size_t i) {
        while (i < sorts.size() && sorts[i] == Sort::Empty) ++i;
        return i;
    };
    std::vector<Line> kept, signature;
    bool inSignature = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (sorts[i] == Sort::Cut) break;
        if (sorts[i] == Sort::Quoted) {
            inSignature = false;
            continue;
        }
        if (sorts[i] == Sort::Wrote) {
            auto next = i;
            while (next < sorts.size() && sorts[next] == Sort::Wrote) ++next;
            next = nextMeant(next);
            if (next < sorts.size() && sorts[next] != Sort::Quoted) break;
            inSignature = false;
            continue;
        }
        if (sorts[i] == Sort::Signature) inSignature = true;
        (inSignature ? signature : kept).push_back(lines[i]);
    }
    Reply out{joined(kept), joined(signature)};
    if (out.text.empty()) out = {joined(lines), {}};
    return out;
}

}  // namespace wl::mail
