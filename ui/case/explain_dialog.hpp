// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// "Why is it due then?": each clock of a case with its policy and every stretch that counted, stood still or was off.
// The same figures as `wardlinectl sla explain`.

#include <QDialog>

#include <optional>

#include "domain/derived_case.hpp"
#include "engine/risk_model.hpp"
class QTreeWidget;

namespace wl::ui {

class CodeNames;

class ExplainDialog final : public QDialog {
    Q_OBJECT

public:
    /// `row`: the clock that queues show; `forecast`: when cases like it ended.
    ExplainDialog(const QString& number, const CaseState& state, const DerivedCase& row,
                  const std::optional<engine::Forecast>& forecast, const CodeNames& names, Instant now,
                  QWidget* parent);
    /// All of it as text, to read out or to copy.
    [[nodiscard]] QString asText() const;

private:
    void fill(const CaseState& state, const CodeNames& names, Instant now);
    void fillForecast(const CaseState& state, const DerivedCase& row, const engine::Forecast& forecast,
                      const CodeNames& names, Instant now);

    QTreeWidget* m_tree;
};

}  // namespace wl::ui
