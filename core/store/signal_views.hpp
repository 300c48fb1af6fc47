// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Read-only views that say the figures of docs/signals.md in SQL, for other tools. Instants are seconds since 1970 in
// UTC, months those of UTC; what only the packed history of a case says (reopenings, hand-offs) is not in them.

namespace wl::store {

inline constexpr const char* kSignalViews = R"sql(
CREATE VIEW IF NOT EXISTS signal_case AS SELECT c.ck, c.number,
  (SELECT text FROM term WHERE id=c.service_code) AS service, (SELECT text FROM term WHERE id=c.department) AS department,
  (SELECT text FROM term WHERE id=c.crew) AS crew, (SELECT text FROM term WHERE id=c.owner) AS owner,
  (SELECT text FROM term WHERE id=c.area) AS area, c.channel, c.status, (SELECT text FROM term WHERE id=c.reason) AS reason,
  c.requested_datetime/1000 AS requested, nullif(t.first_response_at/1000, 0) AS responded,
  nullif(t.work_done_at/1000, 0) AS work_done, nullif(c.closed_at/1000, 0) AS closed, nullif(c.due_at, 0) AS due_ms,
  c.settled, c.paused FROM cases c JOIN case_text t ON t.ck=c.ck WHERE c.status<=7;
CREATE VIEW IF NOT EXISTS signal_opened AS SELECT strftime('%Y-%m', requested, 'unixepoch') AS month, department, service,
  area, channel, count(*) AS n FROM signal_case GROUP BY 1, 2, 3, 4, 5;
CREATE VIEW IF NOT EXISTS signal_closed AS SELECT strftime('%Y-%m', closed, 'unixepoch') AS month, department, service,
  area, channel, count(*) AS n FROM signal_case WHERE closed IS NOT NULL GROUP BY 1, 2, 3, 4, 5;
CREATE VIEW IF NOT EXISTS signal_backlog AS SELECT department, service, area, count(*) AS n, min(requested) AS oldest
  FROM signal_case WHERE status<7 GROUP BY 1, 2, 3;
CREATE VIEW IF NOT EXISTS signal_ageing AS SELECT CASE WHEN d<1 THEN '0-1' WHEN d<3 THEN '1-3' WHEN d<7 THEN '3-7'
  WHEN d<14 THEN '7-14' WHEN d<30 THEN '14-30' WHEN d<90 THEN '30-90' WHEN d<365 THEN '90-365' ELSE '365+' END AS band,
  count(*) AS n FROM (SELECT (unixepoch()-requested)/86400 AS d FROM signal_case WHERE status<7) GROUP BY 1;
CREATE VIEW IF NOT EXISTS signal_first_response AS SELECT ck, department, service, area, responded,
  max(0, responded-requested) AS seconds FROM signal_case WHERE responded IS NOT NULL;
CREATE VIEW IF NOT EXISTS signal_work_done AS SELECT ck, department, service, area, coalesce(work_done, closed) AS done,
  max(0, coalesce(work_done, closed)-requested) AS seconds FROM signal_case WHERE coalesce(work_done, closed) IS NOT NULL;
CREATE VIEW IF NOT EXISTS signal_time_to_close AS SELECT ck, department, service, area, closed,
  max(0, closed-requested) AS seconds FROM signal_case WHERE closed IS NOT NULL;
CREATE VIEW IF NOT EXISTS signal_on_time AS SELECT ck, department, service, area,
  CASE WHEN settled=5 THEN coalesce(work_done, closed) ELSE due_ms/1000 END AS decided, settled=5 AS in_time
  FROM signal_case WHERE settled IN (3,5) OR (settled=1 AND NOT paused AND unixepoch('subsec')*1000>due_ms);
CREATE VIEW IF NOT EXISTS signal_overdue AS SELECT ck, number, department, service, area, due_ms FROM signal_case
  WHERE settled=1 AND NOT paused AND unixepoch('subsec')*1000>due_ms;
CREATE VIEW IF NOT EXISTS signal_oldest AS SELECT owner, max(unixepoch()-requested)/86400.0 AS days, count(*) AS n
  FROM signal_case WHERE status<7 GROUP BY 1;
CREATE VIEW IF NOT EXISTS signal_workload AS SELECT crew, count(*) AS n FROM signal_case WHERE status<7 GROUP BY 1;
CREATE VIEW IF NOT EXISTS signal_council AS SELECT * FROM signal_case WHERE channel=8;
CREATE VIEW IF NOT EXISTS signal_duplicates AS SELECT ck, number, department, service, closed FROM signal_case
  WHERE status=7 AND reason='duplicate';
CREATE VIEW IF NOT EXISTS signal_messages_sent AS SELECT c.ck, c.number, c.department, c.service, c.area, m.channel,
  m.sent_at/1000 AS sent, m.why=2 AS by_rule FROM message m JOIN signal_case c ON c.ck=m.ck WHERE m.sent_at>0;
CREATE VIEW IF NOT EXISTS signal_messages_kept_back AS SELECT c.ck, c.number, c.department, c.service, c.area, m.channel,
  m.reason, m.state_at/1000 AS kept_back, m.why=2 AS by_rule FROM message m JOIN signal_case c ON c.ck=m.ck
  WHERE m.state=3;
)sql";

}  // namespace wl::store
