// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/import_wizard.hpp"

#include "ui/admin/import_pages.hpp"
#include "ui/kit/look.hpp"

namespace wl::ui {

ImportWizard::ImportWizard(ConsoleBridge& bridge, QWidget* parent) : QWizard(parent), m_bridge(bridge) {
    setObjectName(QStringLiteral("importWizard"));
    setWindowTitle(tr("Import cases"));
    setWizardStyle(QWizard::ClassicStyle);
    setOption(QWizard::NoBackButtonOnLastPage);
    setPage(FilePage, new ImportFilePage(*this));
    setPage(ColumnsPage, new ImportColumnsPage(*this));
    setPage(ValuesPage, new ImportValuesPage(*this));
    setPage(CheckPage, new ImportCheckPage(*this));
    setPage(RunPage, new ImportRunPage(*this));
    resize(grid(195), grid(150));
}

void ImportWizard::setFile(const std::filesystem::path& file) {
    static_cast<ImportFilePage*>(page(FilePage))->setFile(QString::fromStdString(file.string()));
}

void ImportWizard::reject() {
    const bool storing = currentId() == RunPage && !m_state.summary;
    if (storing) m_session.cancel();
    else QWizard::reject();
}

}  // namespace wl::ui
