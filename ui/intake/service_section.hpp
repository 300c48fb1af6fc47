// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What it is about: the service found by words of its name, keywords or group, ranked while typing.

#include <QWidget>

#include "ui/models/choice_match.hpp"

class QLabel;
class QLineEdit;
class QListWidget;

namespace wl::ui {

class ServiceSection final : public QWidget {
    Q_OBJECT

public:
    explicit ServiceSection(QWidget* parent = nullptr);

    void setCatalogue(rules::CataloguePtr catalogue);
    [[nodiscard]] const rules::Service* service() const;
    void choose(const QString& code);
    [[nodiscard]] QString code() const { return m_code; }
    void begin();

Q_SIGNALS:
    void chosen(const QString& code);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refill(const QString& typed);
    void take();
    void settle();

    rules::CataloguePtr m_catalogue;
    std::vector<Choice> m_choices;
    QString m_code;
    QLineEdit* m_line;
    QListWidget* m_list;
    QLabel* m_about;
};

}  // namespace wl::ui
