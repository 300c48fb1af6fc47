// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/intake/receipt_card.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <array>

#include "ui/kit/look.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

QString spelled(const QString& number) {
    static const std::array letters{u"Alfa"_s,   u"Bravo"_s,    u"Charlie"_s, u"Delta"_s,   u"Echo"_s,    u"Foxtrot"_s,
                                    u"Golf"_s,   u"Hotel"_s,    u"India"_s,   u"Juliett"_s, u"Kilo"_s,    u"Lima"_s,
                                    u"Mike"_s,   u"November"_s, u"Oscar"_s,   u"Papa"_s,    u"Quebec"_s,  u"Romeo"_s,
                                    u"Sierra"_s, u"Tango"_s,    u"Uniform"_s, u"Victor"_s,  u"Whiskey"_s, u"X-ray"_s,
                                    u"Yankee"_s, u"Zulu"_s};
    QStringList groups;
    for (const auto& group : number.split(u'-')) {
        QStringList words;
        for (const QChar c : group) {
            const auto upper = c.toUpper();
            if (upper >= u'A' && upper <= u'Z') words << letters[static_cast<std::size_t>(upper.unicode() - u'A')];
            else words << QString(c);
        }
        groups << words.join(u" · "_s);
    }
    return groups.join(u'\n');
}

ReceiptCard::ReceiptCard(QWidget* parent)
    : QWidget(parent), m_title(new QLabel), m_number(new QLabel), m_spelling(new QLabel), m_expected(new QLabel),
      m_notice(new QLabel) {
    setObjectName(u"receiptCard"_s);
    m_title->setObjectName(u"receiptTitle"_s);
    m_number->setObjectName(u"receiptNumber"_s);
    m_number->setFont(displayFont(font()));
    m_number->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_spelling->setObjectName(u"receiptSpelling"_s);
    m_expected->setObjectName(u"receiptExpected"_s);
    m_notice->setObjectName(u"receiptNotice"_s);
    for (auto* label : {m_spelling, m_expected, m_notice}) label->setWordWrap(true);
    auto* another = new QPushButton(tr("&Next report"));
    another->setObjectName(u"receiptAnother"_s);
    auto* open = new QPushButton(tr("&Open the case"));
    open->setObjectName(u"receiptOpen"_s);
    m_another = another;
    connect(another, &QPushButton::clicked, this, &ReceiptCard::anotherRequested);
    connect(open, &QPushButton::clicked, this, &ReceiptCard::openRequested);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(grid(2));
    buttons->addWidget(another);
    buttons->addWidget(open);
    buttons->addStretch();
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(grid(4), grid(4), grid(4), grid(4));
    all->setSpacing(grid(2));
    for (auto* widget : {m_title, m_number, m_spelling, m_expected, m_notice}) all->addWidget(widget);
    all->addSpacing(grid(2));
    all->addLayout(buttons);
    all->addStretch();
    makeQuiet(m_spelling);
}

void ReceiptCard::show(const QString& number, const QString& expected, const QString& notice, const QString& title) {
    m_title->setText(title);
    m_number->setText(number);
    m_spelling->setText(spelled(number));
    m_expected->setText(expected);
    m_expected->setVisible(!expected.isEmpty());
    m_notice->setText(notice);
    m_notice->setVisible(!notice.isEmpty());
    m_another->setFocus(Qt::OtherFocusReason);
}

}  // namespace wl::ui
