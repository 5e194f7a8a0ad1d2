package io.ticketbridge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.bench.EvaluationParser.Page;
import io.ticketbridge.bench.HandWrittenLedger.Gone;
import io.ticketbridge.bench.HandWrittenLedger.Known;
import java.net.URI;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The same work as one loop: fetch, parse as a stream, look a page up with one query, write what is news in batches, one
 * transaction a page. No framework. What a good engineer would write in a day who knew that only this source had to be read.
 */
final class HandWritten implements Contender {
    private record Group(UUID id, String label) {}

    private final HandWrittenLedger ledger;
    private final HandWrittenDigest digest = new HandWrittenDigest();
    private final EvaluationParser parser = new EvaluationParser();
    private final ObjectMapper json = new ObjectMapper();
    private SourceClient client;

    private Map<String, List<Group>> groupsOf;
    private Set<UUID> known;
    private final List<UUID> old = new ArrayList<>();
    private final Set<UUID> touched = new HashSet<>();
    private final Set<UUID> seen = new HashSet<>();
    private long failing;
    private long run;
    private String scope;
    private UUID sourceScope;
    private String profile;
    private long version;

    HandWritten(Database database) throws SQLException {
        ledger = new HandWrittenLedger(database);
    }

    @Override
    public void prepare(URI source) {
        client = new SourceClient(source);
    }

    @Override
    public Tally pass(URI source) throws Exception {
        touched.clear();
        seen.clear();
        failing = 0;
        client.token();
        JsonNode report = json.readTree(client.latest()).at("/reports/0");
        String id = report.path("id").asText();
        scope = "scc:" + report.path("group_id").asText();
        sourceScope = digest.of("scope", scope);
        profile = report.at("/profile/name").asText();
        run = ledger.begin(id, now());
        groupsOf = controls(json.readTree(client.controls(id)));
        known = ledger.groups();
        long read = 0;
        long news = 0;
        String start = "";
        do {
            Page page = parser.parse(client.evaluations(id, start));
            news += write(page.evaluations());
            read += page.evaluations().size();
            start = page.next();
        } while (!start.isEmpty());
        endAbsent();
        return new Tally(read, news, touched.size());
    }

    private Map<String, List<Group>> controls(JsonNode answer) {
        Map<String, List<Group>> groups = new HashMap<>();
        answer.path("controls").forEach(control -> {
            Group group = new Group(
                    digest.of(
                            "group", HandWrittenLedger.FLOW, control.path("id").asText()),
                    control.path("control_name").asText());
            control.path("control_specifications").forEach(specification -> specification
                    .path("assessments")
                    .forEach(assessment -> groups.computeIfAbsent(
                                    specification.path("component_id").asText()
                                            + '\n'
                                            + assessment.path("assessment_id").asText(),
                                    key -> new ArrayList<>(1))
                            .add(group)));
        });
        return groups;
    }

    private long write(List<Evaluation> evaluations) throws SQLException {
        Map<UUID, Evaluation> page = new LinkedHashMap<>(evaluations.size() * 2);
        for (Evaluation each : evaluations) {
            page.merge(
                    digest.of(scope, each.account(), each.region(), each.check(), each.resource()),
                    each,
                    (one, two) -> one.result() <= two.result() ? one : two);
        }
        Map<UUID, List<Known>> rows = ledger.lookUp(page.keySet().toArray());
        OffsetDateTime now = now();
        version++;
        Set<UUID> changed = new HashSet<>();
        long inconclusive = 0;
        long news = 0;
        for (Map.Entry<UUID, Evaluation> each : page.entrySet()) {
            Evaluation evaluation = each.getValue();
            if (evaluation.result() > 1) {
                inconclusive++;
                seen.add(each.getKey());
            } else if (isNews(each.getKey(), evaluation, rows.getOrDefault(each.getKey(), List.of()), changed, now)) {
                news++;
            }
        }
        ledger.updateGroups(old, version, run, now);
        old.clear();
        ledger.commit(run, now, evaluations.size(), evaluations.size() - inconclusive - news, inconclusive, news);
        return news;
    }

    private boolean isNews(UUID id, Evaluation evaluation, List<Known> rows, Set<UUID> changed, OffsetDateTime now)
            throws SQLException {
        boolean fails = evaluation.result() == 0;
        if (!fails && rows.isEmpty()) {
            return false;
        }
        boolean first = fails && seen.add(id);
        UUID content = digest.of(
                String.valueOf(evaluation.result()),
                evaluation.title(),
                profile,
                evaluation.serviceName(),
                evaluation.componentName());
        boolean news = false;
        for (Group group : groups(evaluation)) {
            failing += first ? 1 : 0;
            Known row = rows.stream()
                    .filter(each -> each.group().equals(group.id()))
                    .findFirst()
                    .orElse(null);
            if (row == null ? fails : isNews(row, evaluation, content)) {
                news = true;
                touch(group, evaluation, changed, now);
                write(id, group.id(), content, evaluation, row, now);
            }
        }
        return news;
    }

    private List<Group> groups(Evaluation evaluation) {
        List<Group> groups = groupsOf.get(evaluation.component() + '\n' + evaluation.check());
        return groups != null
                ? groups
                : List.of(
                        new Group(digest.of("group", HandWrittenLedger.FLOW, evaluation.check()), evaluation.check()));
    }

    private static boolean isNews(Known row, Evaluation evaluation, UUID content) {
        return row.result() != evaluation.result()
                || evaluation.result() == 0 && (!row.content().equals(content) || row.released());
    }

    private void touch(Group group, Evaluation evaluation, Set<UUID> changed, OffsetDateTime now) throws SQLException {
        if (!changed.add(group.id())) {
            return;
        }
        touched.add(group.id());
        if (known.add(group.id())) {
            ledger.insertGroup(
                    group.id(),
                    group.label(),
                    group.label().toLowerCase(java.util.Locale.ROOT),
                    head(group, evaluation),
                    version,
                    run,
                    now);
        } else {
            old.add(group.id());
        }
    }

    private String head(Group group, Evaluation evaluation) {
        return json.createObjectNode()
                .put("key", group.label())
                .put("title", evaluation.title())
                .put("check", evaluation.check())
                .put("profile", profile)
                .put("service", evaluation.serviceName())
                .put("component", evaluation.componentName())
                .toString();
    }

    private void write(UUID id, UUID group, UUID content, Evaluation evaluation, Known row, OffsetDateTime now)
            throws SQLException {
        if (row == null) {
            String region = evaluation.region();
            ledger.insertFinding(
                    id,
                    group,
                    content,
                    evaluation.result(),
                    version,
                    run,
                    digest.of(scope, evaluation.account(), region, evaluation.check()),
                    sourceScope,
                    evaluation.account(),
                    region,
                    evaluation.check(),
                    evaluation.resource(),
                    evaluation.resourceName(),
                    evaluation.service(),
                    evaluation.message(),
                    now,
                    now);
        } else {
            ledger.updateFinding(
                    content,
                    evaluation.result(),
                    version,
                    row.result() == 0,
                    run,
                    evaluation.message(),
                    now,
                    id,
                    group);
            ledger.insertEvent(group, id, run, evaluation.status(), now);
        }
    }

    /** The report was read whole: a failure that it does not name is gone. Counting first tells whether there are any. */
    private void endAbsent() throws SQLException {
        if (ledger.failing() != failing) {
            List<Gone> gone = ledger.gone(seen);
            gone.forEach(each -> touched.add(each.group()));
            ledger.end(gone, ++version, run, now());
        }
    }

    @Override
    public void settle() throws SQLException {
        ledger.settle(touched, run, now());
    }

    @Override
    public Optional<Holdings> holdings() throws SQLException {
        return Optional.of(ledger.holdings());
    }

    private static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneOffset.UTC);
    }

    @Override
    public void close() {
        ledger.close();
    }
}
