// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/phrases.hpp"

// The tables below are set by hand.
// clang-format off

namespace wl::engine::demo {

std::string fill(std::string_view pattern, std::span<const std::pair<std::string_view, std::string>> values) {
    std::string out;
    out.reserve(pattern.size() + 32);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const auto end = pattern[i] == '{' ? pattern.find('}', i) : std::string_view::npos;
        if (end == std::string_view::npos) {
            out += pattern[i];
            continue;
        }
        const auto word = pattern.substr(i + 1, end - i - 1);
        for (const auto& [key, value] : values)
            if (key == word) {
                out += value;
                break;
            }
        i = end;
    }
    return out;
}

namespace {
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
}  // namespace

std::string mistyped(std::string text, Chance& chance, double strength) {
    if (chance.with(strength * 0.5))
        for (auto& c : text)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (chance.with(strength * 0.5)) std::erase(text, '\'');
    if (chance.with(strength * 0.4))
        while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.pop_back();
    const int slips = chance.with(strength * 0.6) ? 1 + static_cast<int>(chance.index(2)) : 0;
    for (int i = 0; i < slips && text.size() > 20; ++i) {
        const auto at = 8 + chance.index(text.size() - 12);
        if (!letter(text[at]) || !letter(text[at + 1])) continue;
        if (chance.with(0.5))
            std::swap(text[at], text[at + 1]);
        else
            text.erase(at, 1);
    }
    return text;
}

const CommonPhrases& commonPhrases() {
    static const CommonPhrases all{
        .openers = {"Hi, ", "Hello. ", "Good morning. ", "Dear city, ", "Hey folks, ", "To whom it may concern: ", "Hi there, ",
                    "I'd like to report this: ", "Reporting once more: ", "Not sure if this is the right place, but "},
        .closers = {"Thanks.", "Please send somebody.", "Can someone take a look?", "Thank you in advance.", "Somebody will get hurt.",
                    "This is not the first time.", "Been like this {since}.", "Please fix it soon.", "I walk past it every day.",
                    "My neighbours say the same.", "I can send a photo.", "Call me if you can't find it.", "It gets worse every day.", "Cheers."},
        .details = {"It is {spot}.", "Right at the corner with {cross}.", "On the even side of the street.", "Between {cross} and the next corner.",
                    "You can't miss it.", "It started {when}.", "About ten steps from number {num}.", "Close to the stop of the 7 bus.",
                    "There are many children around here.", "Across from number {num}.", "Older people live here."},
        .spots = {"outside the bakery", "by the school gate", "next to the bus stop", "in front of the laundromat", "by the corner shop",
                  "opposite the church", "at the mailbox", "beside the playground", "behind the library", "near the pharmacy",
                  "outside the barber's", "by the fire hydrant", "next to the cafe", "at the bottom of the hill", "near the footbridge"},
        .calls = {"Caller says: {text}", "{text} Caller was friendly and will wait.", "Caller reports: {text} Address confirmed.",
                  "{text} Caller asked how long it takes; told the usual time.", "Bad line. {text}", "{text} Read back to the caller.",
                  "Caller on the way to work: {text}"},
        .chases = {"Any news about {no}? It is still the same.", "I reported this {days} days ago and nobody has come.",
                   "Calling again about {no}. Still not done.", "Hello, what is happening with my report {no}?",
                   "Second time I ask. When will it be done?", "Just checking on {no}, thanks."},
        .answersToChase = {"Thank you for asking again, {first}. The crew has it on its list and we have told them you asked.",
                           "Sorry for the wait, {first}. It is planned with the next round in your district.",
                           "I have called the crew: they expect to be there within the target. You will hear from us.",
                           "{first}, it is still open and not forgotten. I have raised it with the dispatcher."},
        .receipts = {"We have your report {no}: {svc}, {addr}. Keep this number. You can answer this message.",
                     "Thank you. Your report {no} about \"{svc}\" at {addr} has been received and will be looked at.",
                     "Report {no} received ({svc}, {addr}). We will tell you when it is done."},
        .firstReplies = {"Hello {first}, {agent} from Port Linden 311. {dept} has your report {no} and will see to it.",
                         "Hi {first}, thank you. I have passed {no} on to {dept}.",
                         "Good day {first}, we have looked at your report {no}. A crew is assigned.",
                         "Thank you {first}. {dept} will take care of it. The number is {no}. {agent}, 311"},
        .questions = {"Hello {first}, can you tell us exactly where on {street} it is? A photo would help. {agent}, 311",
                      "Hi {first}, our crew could not find it near {addr}. Is it still there?",
                      "{first}, we need to get in. When could the crew come by?",
                      "Hello {first}, which side of {street} is it, please?"},
        .residentAnswers = {"It is {spot}.", "Yes still there, {spot}.", "Sorry, meant number {num}. Thanks!", "Any morning before ten is fine.",
                            "Look {spot}, you will see it.", "Yes. Photo is on its way.", "On the side of the even numbers."},
        .assignNotes = {"Goes with today's round.", "Take it with the others on {street}.", "Crew told by radio.", "Checked on the map, position is right.",
                        "Known place, see earlier reports.", "Please take cones.", "Put on the list for tomorrow.", "Resident prefers a call before the visit."},
        .waitNotes = {"Waiting: {reason}.", "Cannot go on at the moment ({reason}).", "On hold, {reason}. Will look again in a few days."},
        .planNotes = {"Planned with the next round in {district}.", "On the plan for {street}.", "Booked together with the neighbouring jobs."},
        .doneMessages = {"Good news: {no} ({svc}, {addr}) is done. {note}", "Your report {no} has been closed. {note}",
                         "Hello {first}, {dept} has finished {no}. {note} Thank you for telling us.", "{no}: {note} Reply here if it is not right."},
        .endMessages = {"Your report {no} ({svc}, {addr}) has been closed. {note}", "We have closed {no}. {note} Reply here if you see it otherwise."},
        .lateApologies = {"We are sorry that it took longer than promised.", "Thank you for your patience; this took too long.",
                          "Sorry for the delay, the storm kept the crews busy."},
        .notFixed = {"You say it is fixed. It is not!", "It is back again, same place {spot}.", "They came, but only did half of it.",
                     "Nothing has changed at {addr}. Please look again.", "Not fixed. I just walked past it."},
        .reopenNotes = {"Resident says it is not fixed; back to the crew.", "Reopened after a second look.", "Photo shows it is still there."},
        .moreCallers = {"Another caller about the same thing.", "Second report from a neighbour at {num} {street}.", "Also seen by a bus driver.",
                        "Caller number three today on this one."},
        .duplicateNotes = {"Same as {other}.", "Already reported as {other}; the caller was given that number.", "Duplicate of {other}, same place."},
        .thanks = {"Thank you, that was quick!", "Great, thanks a lot.", "Thanks. Much better now.", "Looks good. Thank you!", "Finally. Thanks."},
    };
    return all;
}

}  // namespace wl::engine::demo
