package io.ticketbridge.policy;

import io.ticketbridge.config.OnRecurrence;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ticket.Acceptance;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.GroupIdentity;
import io.ticketbridge.ticket.GroupState;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A group, its latest ticket and its flow's settings, told in words:
 * change {@code N joined, N fixed, N muted, N suppressed, N accepted, N back, text, not flagged since}, and what it is about: {@code case, storm};
 * ticket {@code none}, {@code intended}, or {@code NUMBER PHASE [for N days][, was resolved][, is number N]
 * [, accepted [until DATE]][, INC0 left open][, agreed closed][, edited][, says critical]};
 * settings {@code when closed, after N days, new-ticket|reopen|comment, people resolve, N opens left, N closures left}.
 */
record Situation(
        GroupState group, Optional<Ticket> ticket, Optional<Ticket> leftOpen, PolicySettings settings, Allowance left) {
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    static final GroupIdentity KEY = new GroupIdentity("compliance", List.of(Map.entry("control", "s3-public")));
    static final Head HEAD = Head.of(Findings.fail("s3-public", "bucket"), KEY.id(), KEY);
    private static final Head CASE =
            Head.of(Findings.of("case", "").attributes(Map.of("case", "C-1")).finding(), KEY.id(), KEY);
    private static final Head STORM = Head.of(Findings.fail(Head.STORM, ""), KEY.id(), KEY);

    Situation(GroupState group, Optional<Ticket> ticket, PolicySettings settings, Allowance left) {
        this(group, ticket, Optional.empty(), settings, left);
    }

    static Situation of(int failing, String change, String ticket, String settings) {
        String asked = settings == null ? "" : settings;
        String changed = change == null ? "" : change;
        String status = asked.contains("when closed") ? "closed" : "resolved";
        OnRecurrence onRecurrence = OnRecurrence.NEW_TICKET;
        for (OnRecurrence each : OnRecurrence.values()) {
            onRecurrence = asked.matches("(.*, )?" + each + "(,.*)?") ? each : onRecurrence;
        }
        return new Situation(
                group(
                        changed.contains("case") ? CASE : changed.contains("storm") ? STORM : HEAD,
                        failing,
                        number(changed, "(\\d+) accepted", 0),
                        number(changed, "(\\d+) suppressed", 0),
                        number(changed, "(\\d+) joined", 0),
                        number(changed, "(\\d+) fixed", 0),
                        number(changed, "(\\d+) muted", 0),
                        number(changed, "(\\d+) back", 0),
                        changed.contains("text"),
                        ticket.contains("silenced"),
                        changed.contains("not flagged since"),
                        ticket.contains("agreed closed"),
                        ticket.contains("edited")),
                ticket(ticket, status),
                ticket.contains("left open")
                        ? Optional.of(ticket(1, "INC0", Phase.OPEN, false, NOW.minus(Duration.ofDays(60))))
                        : Optional.empty(),
                new PolicySettings(
                        status,
                        asked.contains("after")
                                ? OptionalInt.of(number(asked, "after (\\d+) days", 0))
                                : OptionalInt.empty(),
                        onRecurrence,
                        !asked.contains("people resolve"),
                        asked.contains("in step")),
                new Allowance(number(asked, "(\\d+) opens left", 200), number(asked, "(\\d+) closures left", 200)));
    }

    static GroupState group(
            long failing, long suppressed, long joined, long fixed, boolean headChanged, boolean silenced) {
        return group(HEAD, failing, 0, suppressed, joined, fixed, 0, 0, headChanged, silenced, false, false, false);
    }

    private static GroupState group(
            Head head,
            long failing,
            long accepted,
            long suppressed,
            long joined,
            long fixed,
            long muted,
            long cameBack,
            boolean headChanged,
            boolean silenced,
            boolean released,
            boolean agreedClosed,
            boolean ticketChanged) {
        return new GroupState(
                KEY.id(),
                "compliance",
                KEY.label(),
                head,
                3,
                2,
                1,
                failing,
                accepted,
                suppressed,
                joined,
                fixed,
                muted,
                cameBack,
                Severity.MEDIUM,
                headChanged,
                silenced,
                false,
                released,
                agreedClosed,
                ticketChanged);
    }

    private static Optional<Ticket> ticket(String told, String status) {
        if (told.startsWith("none")) {
            return Optional.empty();
        }
        if (told.startsWith("intended")) {
            return Optional.of(ticket(1, null, Phase.INTENDED, false, null));
        }
        String[] words = told.split("[ ,]+");
        Phase phase = Phase.valueOf(words[1].toUpperCase(Locale.ROOT));
        boolean reached = told.contains("was resolved")
                || phase == Phase.CLOSED
                || phase == Phase.DELETED
                || phase == Phase.RESOLVED && status.equals("resolved");
        Instant openedAt = NOW.minus(Duration.ofDays(number(told, "for (\\d+) days", 1)));
        return Optional.of(ticket(
                number(told, "is number (\\d+)", 1),
                words[0],
                phase,
                reached,
                openedAt,
                acceptance(told),
                told.contains("says critical") ? HEAD.ofSeverity(Severity.CRITICAL) : HEAD));
    }

    private static Acceptance acceptance(String told) {
        Matcher until = Pattern.compile("until (\\S+)").matcher(told);
        return told.contains("accepted")
                ? new Acceptance("Risk accepted", until.find() ? Instant.parse(until.group(1) + "T00:00:00Z") : null)
                : null;
    }

    static Ticket ticket(int generation, String number, Phase phase, boolean reached, Instant openedAt) {
        return ticket(generation, number, phase, reached, openedAt, null);
    }

    static Ticket ticket(
            int generation, String number, Phase phase, boolean reached, Instant openedAt, Acceptance acceptance) {
        return ticket(generation, number, phase, reached, openedAt, acceptance, HEAD);
    }

    private static Ticket ticket(
            int generation,
            String number,
            Phase phase,
            boolean reached,
            Instant openedAt,
            Acceptance acceptance,
            Head head) {
        return new Ticket(
                KEY.id(),
                generation,
                "compliance",
                "incident",
                "incident",
                Ticket.correlationId(KEY.id(), generation),
                number == null ? null : "sys-" + number,
                number,
                number == null ? null : "1",
                phase,
                reached,
                openedAt,
                acceptance,
                Map.of(),
                head);
    }

    /** The same, had a person closed the ticket as an accepted risk, and it listed all that fails. */
    Situation accepted(Instant until) {
        GroupState accepted = group(
                group.head(),
                0,
                group.failing() + 1,
                group.suppressed(),
                0,
                group.fixed(),
                0,
                0,
                false,
                group.silenced(),
                false,
                false,
                false);
        return new Situation(
                accepted,
                ticket.map(each -> ticket(
                        each.generation(),
                        each.number(),
                        each.phase(),
                        each.reached(),
                        each.openedAt(),
                        new Acceptance("Risk accepted", until))),
                settings,
                left);
    }

    private static int number(String told, String pattern, int otherwise) {
        Matcher matcher = Pattern.compile(pattern).matcher(told);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
    }

    Decision decide() {
        return Policy.decide(group, ticket, leftOpen, settings, left, NOW);
    }
}
