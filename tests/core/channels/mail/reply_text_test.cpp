// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "channels/mail/reply_text.hpp"

using namespace wl;

class ReplyTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsNewIsKept_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("reply");
        const auto row = [](const char* name, const char* text, const char* reply) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(reply);
        };
        row("no quote", "The lamp is still dark.\n\nThank you", "The lamp is still dark.\n\nThank you");
        row("Gmail", "Yes\n\nOn Mon, Apr 2, 2012 at 6:26 PM, City Desk <desk@city.example> wrote:\n\n> Is it fixed?\n",
            "Yes");
        row("Gmail, broken line",
            "Yes\n\nOn Mon, Apr 2, 2012 at 6:26 PM, City Desk of the Northern Quarter\n<desk@city.example> wrote:\n\n> "
            "Is it?\n",
            "Yes");
        row("Gmail, unmarked",
            "Yes\n\nOn Mon, Apr 2, 2012 at 6:26 PM, City Desk <desk@city.example> wrote:\nIs it fixed?\nBye", "Yes");
        row("German Gmail",
            "Nein\n\nAm Mo., 2. Apr. 2012 um 18:26 Uhr schrieb City Desk <desk@city.example>:\n\n> Behoben?\n", "Nein");
        row("German Thunderbird", "Nein\n\nAm 02.04.2012 um 18:26 schrieb City Desk:\n> Behoben?\n", "Nein");
        row("Spanish", "Sí\n\nEl lun, 2 abr 2012 a las 18:26, City Desk (<desk@city.example>) escribió:\n\n> Hola\n",
            "Sí");
        row("French", "Oui\n\nLe lun. 2 avr. 2012 à 18:26, City Desk <desk@city.example> a écrit :\n\n> Bonjour\n",
            "Oui");
        row("Italian",
            "Si\n\nIl giorno lun 2 apr 2012 alle ore 18:26 City Desk <desk@city.example> ha scritto:\n> Ciao\n", "Si");
        row("Portuguese", "Sim\n\nEm seg., 2 de abr. de 2012 às 18:26, City <d@c.example> escreveu:\n> Oi\n", "Sim");
        row("Dutch", "Ja\n\nOp ma 2 apr. 2012 om 18:26 schreef City Desk <desk@city.example>:\n> Hoi\n", "Ja");
        row("Polish", "Tak\n\npon., 2 kwi 2012 o 18:26 City Desk <desk@city.example> napisał(a):\n> Witam\n", "Tak");
        row("Russian", "Да\n\n02.04.2012 14:20 пользователь \"desk\" <desk@city.example> написал:\n> Привет\n", "Да");
        row("Apple", "Hello\n\nOn Apr 3, 2012, at 4:19 PM, desk wrote:\n\n> Hi\n", "Hello");
        row("Apple, quoted line", "Hello\n> On 22 Aug 2015, at 19:21, Desk <desk@city.example> wrote:\n>\n> Hi\n",
            "Hello");
        row("Japanese", "はい\n\n2012年4月2日(月) 18:26 Desk <desk@city.example>:\n\n> Hi\n", "はい");
        row("Chinese", "好\n\nDesk <desk@city.example> 于2012年4月2日周一 18:26写道：\n\n> Hi\n", "好");
        row("Turkish", "Evet\n\nDesk <d@c.example>, 2 Nis 2012 Pzt, 18:26 tarihinde şunu yazdı:\n\n> Hi\n", "Evet");
        row("Arabic", "نعم\n\nفي الاثنين، 2 أبريل 2012 في 6:26 م تمت كتابة ما يلي بواسطة Desk <d@c.example>:\n\n> Hi\n",
            "نعم");
        row("GMX",
            "Hallo\n\nGesendet: Montag, 02. April 2012 um 18:26 Uhr\nVon: \"Desk\" <d@c.example>\nAn: a\nBetreff: "
            "x\n\nText",
            "Hallo");
        row("below the quote", "On 04/02/2012 06:26 PM, Desk wrote:\n> Hi\nHello\n", "Hello");
        row("between quotes", "On 04/02/2012 06:26 PM, Desk wrote:\n> Where?\nAt the corner.\n> When?\nToday.\n",
            "At the corner.\nToday.");
        row("Outlook",
            "Hello\n\nFrom: Desk [mailto:desk@city.example]\nSent: March-09-12 4:22 PM\nTo: Dan\nSubject: Your "
            "case\n\nHi Dan",
            "Hello");
        row("Outlook, rule",
            "Hello\n\n________________________________\nFrom: Desk <d@c.example>\nSent: Friday\nTo: Dan\nSubject: "
            "x\n\nHi",
            "Hello");
        row("Outlook, German",
            "Hallo\n\nVon: Desk <d@c.example>\nGesendet: Freitag, 9. März 2012\nAn: Dan\nBetreff: x\n\nText", "Hallo");
        row("Outlook, French",
            "Bonjour\n\nDe : Desk <d@c.example>\nEnvoyé : vendredi 9 mars 2012\nÀ : Dan\nObjet : x\n\nTexte",
            "Bonjour");
        row("Outlook, Spanish", "Hola\n\nDe: Desk <d@c.example>\nEnviado el: viernes\nPara: Dan\nAsunto: x\n\nTexto",
            "Hola");
        row("bold header", "Hello\n\n*From:* Desk <d@c.example>\n*Sent:* Friday\n*To:* Dan\n*Subject:* x\n\nHi",
            "Hello");
        row("original message", "Hello\n\n-----Original Message-----\nFrom: desk\nHi", "Hello");
        row("Ursprüngliche Nachricht", "Hallo\n\n-----Ursprüngliche Nachricht-----\nVon: desk\nText", "Hallo");
        row("Mensaje original", "Hola\n\n----- Mensaje original -----\nDe: desk\nTexto", "Hola");
        row("Hotmail", "\nHello\n\n> Subject: Test\n> From: desk\n> Hi\n", "Hello");
        row("signature", "Hello\n\n-- \nAnna Example\n+1 617 555 0142\n", "Hello");
        row("signature before the quote",
            "Hello \n\n-- \nxxx\n\nOn Tuesday, April 3, 2012 at 4:55 PM, xxx wrote:\n\n> Hello\n", "Hello");
        row("iPhone", "Hello\n\nSent from my iPhone\n\nOn Apr 3, 2012, at 4:19 PM, desk <d@c.example> wrote:\n\n> Hi",
            "Hello");
        row("iPhone, German",
            "Hallo\n\nVon meinem iPhone gesendet\n\n> Am 03.04.2012 um 16:19 schrieb desk <d@c.example>:\n> \n> Hi",
            "Hallo");
        row("Outlook mobile",
            "Hello\n\nGet Outlook for iOS\n________________________________\nFrom: Desk\nSent: Friday\nTo: x\nSubject: "
            "y\n\nHi",
            "Hello");
        row("only a quote", "> Hi\n> there\n", "> Hi\n> there");
        row("prose that says wrote", "My neighbour wrote: it is dark here at 9 and at 10.\nPlease come.",
            "My neighbour wrote: it is dark here at 9 and at 10.\nPlease come.");
        row("prose with a from line", "The noise comes from: the bar\nIt is loud.",
            "The noise comes from: the bar\nIt is loud.");
        row("a list", "Broken:\n- lamp\n- bench\nPlease repair.", "Broken:\n- lamp\n- bench\nPlease repair.");
    }
    void whatIsNewIsKept() {
        QFETCH(QString, text);
        QFETCH(QString, reply);
        QCOMPARE(QString::fromStdString(mail::replyOf(text.toStdString()).text), reply);
        const auto crlf = QString(text).replace(QStringLiteral("\n"), QStringLiteral("\r\n"));
        QCOMPARE(QString::fromStdString(mail::replyOf(crlf.toStdString()).text).remove(u'\r'), reply);
    }
    void theSignatureIsSaid() {
        QCOMPARE(mail::replyOf("Hello\n\n-- \nAnna\nExample Street 3").signature,
                 std::string("-- \nAnna\nExample Street 3").erase(2, 1));
    }
};

QTEST_GUILESS_MAIN(ReplyTextTest)
#include "reply_text_test.moc"
