// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// "Why is it due then?": each clock of a case with its policy and every stretch that counted, stood still or was off.
// The same figures as `wardlinectl sla explain`.

#include <QDialog>

#include "domain/case_state.hpp"
class QTreeWidget;

namespace wl::ui {

class CodeNames;

class ExplainDialog final : public QDialog {
    Q_OBJECT

public:
    ExplainDialog(const QString& number, const CaseState& state, const CodeNames& names, Instant now, QWidget* parent);
    /// All of it as text, to read out or to copy.
    [[nodiscard]] QString asText() const;

private:
    void fill(const CaseState& state, const CodeNames& names, Instant now);

    QTreeWidget* m_tree;
};

}  // namespace wl::ui
