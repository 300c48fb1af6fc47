// SPDX-License-Identifier: GPL-3.0-or-later
// Questions that are asked only after a certain answer to another.
#include "ui/intake/questions_form.hpp"

#include <QComboBox>
#include <QLineEdit>
#include <QTest>

using namespace wl;
using namespace wl::ui;
using namespace Qt::StringLiterals;

class QuestionsFormTest final : public QObject {
    Q_OBJECT

    static std::vector<rules::ServiceAttribute> questions() {
        rules::ServiceAttribute blocked, how, since;
        blocked.code = "blocked", blocked.datatype = "singlevaluelist", blocked.order = 1;
        blocked.values = {{"yes", "Yes"}, {"no", "No"}};
        how.code = "how", how.required = true, how.order = 2, how.onlyIf = "blocked", how.onlyIfValue = "yes";
        since.code = "since", since.required = true, since.order = 3, since.onlyIf = "how";
        return {blocked, how, since};
    }
    template <class T>
    static T* part(QuestionsForm& form, const QString& code) {
        return form.findChild<T*>(u"answer_"_s + code);
    }

private Q_SLOTS:
    void aQuestionWaitsForItsAnswer() {
        QuestionsForm form;
        form.setQuestions(questions());
        form.show();
        auto* blocked = part<QComboBox>(form, u"blocked"_s);
        auto *how = part<QLineEdit>(form, u"how"_s), *since = part<QLineEdit>(form, u"since"_s);
        QVERIFY(!how->isVisible());
        QVERIFY(form.check());  // what is not asked needs no answer
        blocked->setCurrentIndex(blocked->findData(u"yes"_s));
        QVERIFY(how->isVisible() && !since->isVisible());
        QVERIFY(!form.check());
        how->setText(u"A tree"_s);
        QVERIFY(since->isVisible());
        since->setText(u"Monday"_s);
        QVERIFY(form.check());
        QCOMPARE(form.answers().size(), 3);
        blocked->setCurrentIndex(blocked->findData(u"no"_s));
        QVERIFY(!how->isVisible() && !since->isVisible());
        QCOMPARE(form.answers().keys(), QStringList{u"blocked"_s});
    }
};

QTEST_MAIN(QuestionsFormTest)
#include "questions_form_test.moc"
