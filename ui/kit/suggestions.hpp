// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A list of suggestions under a line edit: filled by whoever knows, moved through with the arrows, taken with Enter.

#include <QObject>
#include <QStringList>

#include <vector>

class QCompleter;
class QLineEdit;
class QStandardItemModel;

namespace wl::ui {

struct Suggestion {
    QString text;    ///< goes into the line when taken
    QString detail;  ///< shown quietly beside it
    QString icon;
};

class Suggestions final : public QObject {
    Q_OBJECT

public:
    explicit Suggestions(QLineEdit& line);

    /// Opens the list, or closes it when there is nothing to suggest.
    void offer(const std::vector<Suggestion>& rows);
    void close();
    [[nodiscard]] bool isOpen() const;

Q_SIGNALS:
    void taken(int row);

private:
    QLineEdit& m_line;
    QStandardItemModel* m_model;
    QCompleter* m_completer;
};

}  // namespace wl::ui
