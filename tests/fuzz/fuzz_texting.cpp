// SPDX-License-Identifier: GPL-3.0-or-later
// Bodies of WhatsApp and SMS webhooks, as anybody may drop them.
#include "channels/texting/texting.hpp"
#include "domain/attached_file.hpp"
#include "fuzz/entry.hpp"

using namespace wl;

void fuzzOne(std::string_view bytes) {
    for (const auto& read : {texting::readWhatsApp(bytes), texting::readSms(bytes)}) {
        if (!read) continue;
        for (const auto& text : read->texts)
            if (text.id.empty() || text.from.empty() || text.id.size() > 900) __builtin_trap();
        for (const auto& status : read->statuses)
            if (status.id.empty() || status.to == MessageState{}) __builtin_trap();
    }
    if (texting::isSigned(bytes, bytes, "secret")) __builtin_trap();
}

std::vector<std::string> seeds() {
    const std::string head = R"({"object":"whatsapp_business_account","entry":[{"changes":[{"value":{)";
    return {
        head + R"("messages":[{"from":"1","id":"a","timestamp":"1700000000","type":"text","text":{"body":"x"}}]}}]}]})",
        head + R"("messages":[{"from":"1","id":"a","type":"image","image":{"id":"7","caption":"x"}}]}}]}]})",
        head + R"("messages":[{"from":"1","id":"a","type":"location","location":{"latitude":1,"longitude":2}}]}}]}]})",
        head + R"("statuses":[{"id":"w","status":"failed","errors":[{"code":1,"title":"x"}]}]}}]}]})",
        "MessageSid=SM1&From=%2B1&Body=a+b&NumMedia=1&MediaUrl0=https%3A%2F%2Fx",
        "MessageSid=SM1&MessageStatus=sent"};
}
