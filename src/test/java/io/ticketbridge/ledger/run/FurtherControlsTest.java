package io.ticketbridge.ledger.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ticket.Breaker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure that a scan names once per standard is one finding, and its ticket lists all of the standards. */
class FurtherControlsTest {
    private static final Control CIS = new Control("CIS-1.4", "2.1.5", "");
    private static final Control NIST = new Control("NIST", "AC-3", "");
    private static final Control PCI = new Control("PCI", "1.2", "");

    private static Finding named(String resource, Control standard) {
        return Findings.of("s3-public", resource)
                .controls(new Control("", "s3-public", "Public buckets"), standard)
                .finding();
    }

    private static List<Finding> records() {
        List<Finding> records = new ArrayList<>();
        for (String resource : List.of("one", "two", "three")) {
            for (Control standard : List.of(CIS, NIST, PCI)) {
                records.add(named(resource, standard));
            }
        }
        return records;
    }

    private static List<Control> controls(LedgerWorld world, Finding finding) {
        return Json.head(world.database
                        .jdbc()
                        .queryForObject(
                                "select head from finding_group where id = ?", String.class, world.groupOf(finding)))
                .controls()
                .stream()
                .skip(1)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "resource", "control"})
    void whatever_the_order_and_the_pages_it_is_one_finding_with_all_standards(String groupBy) {
        Random random = new Random(7);
        for (int time = 0; time < 12; time++) {
            try (LedgerWorld world = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy(groupBy))) {
                List<Finding> records = records();
                Collections.shuffle(records, random);
                int size = 1 + random.nextInt(9);
                List<List<Finding>> pages = new ArrayList<>();
                for (int at = 0; at < records.size(); at += size) {
                    pages.add(records.subList(at, Math.min(at + size, records.size())));
                }

                Run run = world.scan(pages);

                assertThat(controls(world, records.get(0))).containsExactly(CIS, NIST, PCI);
                assertThat(world.count("finding")).isEqualTo(3);
                Account account = world.accounts.of(run.id());
                assertThat(account.addsUp()).isTrue();
                assertThat(account.findings()).containsEntry("unchanged", 6L);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_rescan_is_no_news_and_writes_nothing(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"), 0)) {
            world.scan(List.of(records()));
            world.handedOut();
            world.work(world.groupOf(named("one", CIS)));
            String before = world.database
                    .jdbc()
                    .queryForList("select * from finding_group")
                    .toString();
            List<Finding> turned = new ArrayList<>(records());
            Collections.reverse(turned);

            Run run = world.scan(List.of(turned.subList(0, 4), turned.subList(4, 9)));

            assertThat(world.accounts.of(run.id()).findings()).containsEntry("unchanged", 9L);
            assertThat(world.database
                            .jdbc()
                            .queryForList("select * from finding_group")
                            .toString())
                    .isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void each_standard_s_own_group_has_the_finding_once(FreshDatabase kind) {
        try (LedgerWorld world =
                new LedgerWorld(kind.open(), Flow.with(Map.of("group-by", "control", "control", "PCI")))) {
            Run run = world.scan(List.of(records().subList(0, 3), records().subList(3, 9)));

            assertThat(world.accounts.of(run.id()).addsUp()).isTrue();
            assertThat(world.count("finding_group where label = '1.2'")).isEqualTo(1);
            assertThat(world.groupFindings.failing(world.groupOf(named("one", PCI)), 9))
                    .hasSize(3);
            assertThat(controls(world, named("one", PCI))).containsExactly(CIS, NIST, PCI);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_finding_of_several_groups_counts_once_by_the_strongest_of_its_outcomes(FreshDatabase kind) {
        try (LedgerWorld world =
                new LedgerWorld(kind.open(), Flow.with(Map.of("group-by", "control", "control", "NIST")))) {
            world.scan(several("one", "AC-1"));
            world.handedOut().forEach(id -> world.work(UUID.fromString(id)));

            Run opens = world.scan(several("two", "AC-1", "AC-2"));
            world.handedOut().forEach(id -> world.work(UUID.fromString(id)));
            assertThat(world.accounts.of(opens.id()).findings())
                    .as("one group has a ticket to change, the other opens one")
                    .containsEntry("opened", 1L)
                    .containsEntry("updated", 0L);

            Run held = world.scan(several("three", "AC-3", "AC-4"));
            List<UUID> groups = world.handedOut().stream().map(UUID::fromString).toList();
            world.groups.hold(world.groups.claim(groups.get(0)).orElseThrow(), Breaker.NEW_TICKETS_PER_RUN.reason());
            world.work(groups.get(1));
            assertThat(groups).hasSize(2);
            assertThat(world.accounts.of(held.id()).findings())
                    .as("one group opens a ticket, the other may not")
                    .containsEntry("opened", 1L)
                    .containsEntry("held", 0L);
        }
    }

    private static Finding several(String resource, String... controls) {
        return Findings.of("s3-public", resource)
                .controls(Stream.concat(
                                Stream.of(new Control("", "s3-public", "Public buckets")),
                                Stream.of(controls).map(control -> new Control("NIST", control, "")))
                        .toArray(Control[]::new))
                .finding();
    }

    @ParameterizedTest
    @EnumSource
    void another_account_s_standards_are_not_this_one_s(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("resource"))) {
            Finding other = new Findings(named("one", NIST)).account("999").finding();

            world.scan(List.of(List.of(named("one", CIS), named("one", PCI), other), List.of(other)));

            assertThat(controls(world, named("one", CIS))).containsExactly(CIS, PCI);
            assertThat(controls(world, other)).containsExactly(NIST);
        }
    }

    /** Security Hub without consolidated findings: a finding of its own per standard, and one control of its own. */
    @ParameterizedTest
    @EnumSource
    void findings_of_one_control_list_each_other_s_standards(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("control"))) {
            Finding cis = new Findings(named("one", CIS)).check("cis/2.1.5").finding();
            Finding pci = new Findings(named("one", PCI)).check("pci/1.2").finding();

            world.scan(List.of(List.of(cis), List.of(pci)));

            assertThat(world.count("finding_group")).isEqualTo(1);
            assertThat(controls(world, cis)).containsExactly(CIS, PCI);
        }
    }
}
