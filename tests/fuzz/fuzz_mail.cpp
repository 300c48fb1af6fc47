// SPDX-License-Identifier: GPL-3.0-or-later
// Mails as anybody may send them.
#include "channels/mail/html_text.hpp"
#include "channels/mail/message.hpp"
#include "channels/mail/reply_text.hpp"
#include "domain/attached_file.hpp"
#include "fuzz/entry.hpp"

using namespace wl;

void fuzzOne(std::string_view bytes) {
    (void)mail::looksLikeMail(bytes);
    const auto m = mail::read(bytes);
    (void)mail::replyOf(m.text);
    (void)mail::replyOf(bytes);
    (void)mail::textOfHtml(bytes);
    for (const auto& file : m.files)
        if (file.name != safeFileName(file.name) || file.name.find('/') != std::string::npos) __builtin_trap();
}

std::vector<std::string> seeds() {
    return {
        "From: a@example.org\r\nSubject: =?utf-8?Q?x=C3=A4?=\r\nContent-Type: text/plain; format=flowed\r\n\r\na "
        "\r\nb\r\n> c\r\n",
        "From: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: "
        "text/html; "
        "charset=iso-2022-jp\r\n\r\n<blockquote><p>a<li>b</blockquote>\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n"
        "Subject: y\r\n\r\nz\r\n--x\r\nContent-Type: image/png; name*0*=utf-8''%e2; "
        "name*1=b\r\nContent-Transfer-Encoding: "
        "base64\r\n\r\niVBORw0=\r\n--x--\r\n",
        "From: mailer-daemon@x\r\nContent-Type: multipart/report; report-type=delivery-status; "
        "boundary=b\r\n\r\n--b\r\n"
        "Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a@b\r\nAction: failed\r\n\r\n--b--\r\n",
        "Hi\n\nOn Mon, Apr 2, 2012 at 6:26 PM, A <a@b> wrote:\n> x\nbegin 644 a\n#0V%T\n`\nend\n-- \nB\n"};
}
