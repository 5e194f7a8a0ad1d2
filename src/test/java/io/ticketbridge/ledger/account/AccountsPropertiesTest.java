package io.ticketbridge.ledger.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.aggregate.Grouping;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Random scans, in random pages and order, on both databases: nothing is lost, nothing counts twice. */
class AccountsPropertiesTest {
    private static final Map<FreshDatabase, LedgerWorld> WORLDS = new EnumMap<>(FreshDatabase.class);
    private static int tries;

    /** @param fate what becomes of the record besides: a step drops or refuses it, or it can't be read */
    record Said(int check, int resource, Result result, int words, Fate fate) {}

    enum Fate {
        NONE,
        UNREADABLE,
        DROPPED_BEFORE,
        DROPPED_BEHIND,
        WITHDRAWN
    }

    /** @param people whether people resolve all tickets before it */
    record Scan(List<Said> said, int perPage, boolean delivered, boolean people) {}

    @AfterContainer
    static void close() {
        WORLDS.values().forEach(LedgerWorld::close);
        WORLDS.clear();
    }

    private static LedgerWorld world(FreshDatabase database) {
        return WORLDS.computeIfAbsent(
                database,
                kind -> new LedgerWorld(
                        kind.open(),
                        Flow.with(Map.of("group-by", "control", "control", "NIST", "max-new-tickets-per-run", "2"))));
    }

    @Property(tries = 100)
    void every_account_adds_up(@ForAll FreshDatabase database, @ForAll("histories") List<Scan> history) {
        LedgerWorld world = world(database);
        int number = tries++;
        List<Run> runs = new ArrayList<>();
        for (Scan scan : history) {
            List<SourceRecord> records = records(scan, number);
            if (scan.people()) {
                resolveAll(world, records);
            }
            Run run = read(world, scan, records);
            assertAddsUp(world, run);
            if (scan.delivered()) {
                groups(world, records).forEach(world::work);
                assertAddsUp(world, run);
            }
            runs.add(run);
            runs.forEach(earlier -> assertAddsUp(world, earlier));
        }
    }

    @Property(tries = 100)
    void the_same_findings_in_any_order_and_pages_form_the_same_groups(
            @ForAll FreshDatabase database,
            @ForAll("scans") Scan before,
            @ForAll("scans") Scan scan,
            @ForAll Random random) {
        Map<String, Long> expected = null;
        for (int order = 0; order < 3; order++) {
            LedgerWorld world = world(database);
            int number = tries++;
            List<SourceRecord> first = conclusive(before, number);
            List<SourceRecord> second = conclusive(scan, number);
            Collections.shuffle(second, random);
            read(world, new Scan(List.of(), 3, false, false), first);
            read(world, new Scan(List.of(), 1 + random.nextInt(5), false, false), second);

            Map<String, Long> failing = failing(world, number);
            expected = expected == null ? failing : expected;
            assertThat(failing).isEqualTo(expected).isEqualTo(model(world, first, second));
        }
    }

    private static void assertAddsUp(LedgerWorld world, Run run) {
        Account account = world.accounts.of(run.id());
        assertThat(account.addsUp()).as(account.toString()).isTrue();
        assertThat(account.findings().values()).as(account.toString()).allMatch(count -> count >= 0);
    }

    private static Run read(LedgerWorld world, Scan scan, List<SourceRecord> records) {
        Run run = world.runs.begin(Flow.NAME, "scan");
        for (int start = 0; start < records.size(); start += scan.perPage()) {
            List<SourceRecord> page = records.subList(start, Math.min(start + scan.perPage(), records.size()));
            world.pages.open(run, page);
            for (SourceRecord record : page) {
                Fate fate = scan.said().isEmpty()
                        ? Fate.NONE
                        : scan.said().get(records.indexOf(record)).fate();
                world.before = finding -> fate != Fate.DROPPED_BEFORE;
                world.behind = membership -> fate != Fate.DROPPED_BEHIND;
                boolean passed = world.one(record);
                if (fate == Fate.WITHDRAWN && passed) {
                    world.pages.countDead(record);
                }
            }
            world.pages.close();
        }
        world.endScan(run);
        return run;
    }

    /** Every record is its own, as a source reads them: none equals another. */
    private static List<SourceRecord> records(Scan scan, int number) {
        List<SourceRecord> records = new ArrayList<>();
        for (Said said : scan.said()) {
            records.add(
                    said.fate() == Fate.UNREADABLE
                            ? new Unreadable("{", "no JSON " + records.size())
                            : finding(said, number, records.size()));
        }
        return records;
    }

    private static List<SourceRecord> conclusive(Scan scan, int number) {
        return scan.said().stream()
                .filter(said -> said.result() != Result.INCONCLUSIVE)
                .map(said -> (SourceRecord) finding(said, number, 0))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Check 0 serves two controls, check 1 one of them, check 2 none. */
    private static Finding finding(Said said, int number, int position) {
        Findings finding = Findings.of("check-" + said.check(), "resource-" + said.resource())
                .scope("try-" + number)
                .with(said.result())
                .title("In words " + said.words())
                .message("record " + position);
        Control one = new Control("NIST", number + "-AC-1", "");
        Control two = new Control("NIST", number + "-AC-2", "");
        return switch (said.check()) {
            case 0 -> finding.controls(one, two).finding();
            case 1 -> finding.controls(two).finding();
            default -> finding.check(number + "-check").finding();
        };
    }

    private static Set<UUID> groups(LedgerWorld world, List<SourceRecord> records) {
        return records.stream()
                .filter(Finding.class::isInstance)
                .flatMap(record -> Grouping.memberships((Finding) record, world.flow).stream())
                .map(membership -> membership.group().id())
                .collect(Collectors.toSet());
    }

    private static void resolveAll(LedgerWorld world, List<SourceRecord> records) {
        for (UUID group : groups(world, records)) {
            world.tickets
                    .latest(group)
                    .filter(ticket -> ticket.sysId() != null)
                    .ifPresent(ticket -> world.openTickets.seen(
                            ticket,
                            new Seen(ticket.sysId(), ticket.number(), "6", Phase.RESOLVED, ticket.openedAt()),
                            true));
        }
    }

    private static Map<String, Long> failing(LedgerWorld world, int number) {
        Map<String, Long> failing = new TreeMap<>();
        world.database
                .jdbc()
                .query(
                        """
                        select g.label, count(*) from finding f join finding_group g on g.id = f.group_id
                        where f.result = 0 and g.label like ? group by g.label""",
                        row -> {
                            failing.put(
                                    row.getString(1).substring(row.getString(1).indexOf('-')), row.getLong(2));
                        },
                        number + "-%");
        return failing;
    }

    /** What must come out, counted by hand: the worst that the last scan said of a finding, else what was before. */
    private static Map<String, Long> model(LedgerWorld world, List<SourceRecord> first, List<SourceRecord> second) {
        Map<UUID, Result> state = worst(first);
        state.putAll(worst(second));
        Map<String, Set<UUID>> groups = new TreeMap<>();
        for (SourceRecord record : concat(first, second)) {
            Finding finding = (Finding) record;
            if (state.get(finding.id()) == Result.FAIL) {
                Grouping.memberships(finding, world.flow).forEach(membership -> groups.computeIfAbsent(
                                membership
                                        .group()
                                        .label()
                                        .substring(membership.group().label().indexOf('-')),
                                label -> new HashSet<>())
                        .add(finding.id()));
            }
        }
        return groups.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry ->
                (long) entry.getValue().size()));
    }

    private static Map<UUID, Result> worst(List<SourceRecord> records) {
        Map<UUID, Result> worst = new HashMap<>();
        records.forEach(record -> {
            Finding finding = (Finding) record;
            worst.merge(finding.id(), finding.result(), (one, two) -> two.isWorseThan(one) ? two : one);
        });
        return worst;
    }

    private static List<SourceRecord> concat(List<SourceRecord> one, List<SourceRecord> two) {
        List<SourceRecord> all = new ArrayList<>(one);
        all.addAll(two);
        return all;
    }

    @Provide
    Arbitrary<Scan> scans() {
        Arbitrary<Said> said = Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(3, Arbitraries.just(Result.FAIL)),
                                net.jqwik.api.Tuple.of(3, Arbitraries.just(Result.PASS)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.just(Result.SUPPRESSED)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.just(Result.INCONCLUSIVE))),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(8, Arbitraries.just(Fate.NONE)),
                                net.jqwik.api.Tuple.of(4, Arbitraries.of(Fate.class))))
                .as(Said::new);
        return Combinators.combine(
                        said.list().ofMinSize(1).ofMaxSize(10),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(Scan::new);
    }

    @Provide
    Arbitrary<List<Scan>> histories() {
        return scans().list().ofMinSize(1).ofMaxSize(4);
    }
}
