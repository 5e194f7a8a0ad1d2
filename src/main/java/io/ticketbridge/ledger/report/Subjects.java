package io.ticketbridge.ledger.report;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Finds what a person means by an id: a ticket, a group, a finding, a resource, a control, a case (P31). Reads only. */
public final class Subjects {

    /** @param findingId null for a whole group */
    public record Subject(UUID groupId, UUID findingId) {}

    private static final String LABEL = "(label = :id or label like :prefixed)";

    private final LedgerDatabase database;

    public Subjects(LedgerDatabase database) {
        this.database = database;
    }

    /**
     * @param id a ticket's number, sys_id or correlation_id; a group's label or id; a finding's id; a resource's uid or name; a
     *     check, control or case
     * @param most how many at most
     */
    public List<Subject> named(String id, int most) {
        String wanted = id.strip();
        Set<Subject> found = tickets(wanted);
        if (found.isEmpty()) {
            uuid(wanted).ifPresent(uuid -> found.addAll(byUuid(uuid)));
        }
        if (found.isEmpty()) {
            // Summary tickets' groups have no key.
            found.addAll(groups("label_key like :key and " + LABEL, wanted, most));
            found.addAll(groups("label_key = '' and " + LABEL, wanted, most));
        }
        if (found.isEmpty()) {
            found.addAll(findings(wanted, most));
        }
        if (found.isEmpty()) {
            found.addAll(groups("head like :quoted", wanted, most));
        }
        return found.stream().limit(most).toList();
    }

    /** Labels and ticket numbers that contain what was asked for, for who mistyped it. */
    public List<String> similar(String id, int most) {
        List<String> names = new ArrayList<>(database.client()
                .sql(
                        """
                        select label from finding_group where lower(label) like :part
                        union select number from ticket where lower(number) like :part order by 1 limit :most""")
                .param("part", "%" + escaped(id.strip().toLowerCase(Locale.ROOT)) + "%")
                .param("most", most)
                .query(String.class)
                .list());
        names.removeIf(String::isBlank);
        return names;
    }

    /** What is known of it although it is nothing with a story: a record that is there twice, or one that died; a sentence each. */
    public List<String> beside(String id, int most) {
        String wanted = id.strip();
        List<String> known = new ArrayList<>(strays(wanted));
        known.addAll(database.client()
                .sql(
                        """
                        select id, flow, error from dead_letter
                        where replayed_at is null and stage = 'read' and raw like :quoted order by id desc limit :most""")
                .param("quoted", "%\"" + escaped(wanted) + "\"%")
                .param("most", most)
                .query((row, number) -> "Dead letter " + row.getLong("id") + " of flow " + row.getString("flow")
                        + " names it: " + row.getString("error") + ". See replay --list " + row.getLong("id"))
                .list());
        return known;
    }

    private List<String> strays(String id) {
        return database.client()
                .sql(
                        """
                        select number, kept_number, state, ended_at from stray_record
                        where upper(number) = :number or sys_id = :id order by found_at""")
                .param("number", id.toUpperCase(Locale.ROOT))
                .param("id", id)
                .query((row, number) -> stray(
                        row.getString("number"),
                        row.getString("kept_number"),
                        row.getString("state"),
                        Times.of(row, "ended_at")))
                .list();
    }

    private static String stray(String number, String kept, String state, Instant at) {
        if (kept == null) {
            return number
                    + " is a record of ours that no ticket of the ledger is: made from a copied one, or of a ledger that was lost";
        }
        String whatOf = number + " is a duplicate of " + kept;
        return switch (state) {
                    case "merged" -> whatOf + " and was closed for it, seen so at " + at;
                    case "linked" -> whatOf + " and could not be closed: close it by hand";
                    default -> whatOf + ", and the next sweep closes it";
                }
                + "; explain " + kept + " tells the story";
    }

    /** One by one: of conditions joined by "or", H2 looks at every ticket. */
    private Set<Subject> tickets(String id) {
        Set<Subject> found = new LinkedHashSet<>(tickets("number", id.toUpperCase(Locale.ROOT)));
        found.addAll(tickets("sys_id", id));
        found.addAll(tickets("correlation_id", id));
        return found;
    }

    private List<Subject> tickets(String column, String value) {
        return database.client()
                .sql("select distinct group_id from ticket where " + column + " = :value")
                .param("value", value)
                .query((row, number) -> new Subject(row.getObject(1, UUID.class), null))
                .list();
    }

    private List<Subject> byUuid(UUID id) {
        List<Subject> group = database.client()
                .sql("select id from finding_group where id = :id")
                .param("id", id)
                .query((row, number) -> new Subject(row.getObject(1, UUID.class), null))
                .list();
        return group.isEmpty()
                ? database.client()
                        .sql("select group_id, id from finding where id = :id order by group_id")
                        .param("id", id)
                        .query((row, number) -> new Subject(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                        .list()
                : group;
    }

    /** A group by several keys is labelled with all of them; the first one finds it too. */
    private List<Subject> groups(String which, String id, int most) {
        var statement = database.client()
                .sql("select id from finding_group where " + which + " order by flow, label, id limit :most")
                .param("most", most);
        statement = which.contains(":quoted")
                ? statement.param("quoted", "%\"" + escaped(id) + "\"%")
                : statement
                        .param("id", id)
                        .param("prefixed", escaped(id) + " %")
                        .param("key", escaped(Text.key(id)) + "%");
        return statement
                .query((row, number) -> new Subject(row.getObject(1, UUID.class), null))
                .list();
    }

    /** A group whose findings all match is meant as a whole; of others the single findings are. */
    private List<Subject> findings(String id, int most) {
        String matches = "(resource_uid = :id or resource_name = :id or check_id = :id)";
        List<UUID> whole = database.client()
                .sql("select group_id from finding where group_id in (select group_id from finding where " + matches
                        + ") group by group_id having count(*) = sum(case when " + matches
                        + " then 1 else 0 end) order by group_id limit :most")
                .param("id", id)
                .param("most", most)
                .query(UUID.class)
                .list();
        List<Subject> found = new ArrayList<>(
                whole.stream().map(group -> new Subject(group, null)).toList());
        database
                .client()
                .sql("select group_id, id from finding where " + matches
                        + " order by result, changed_at desc, id, group_id limit :most")
                .param("id", id)
                .param("most", most)
                .query((row, number) -> new Subject(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                .list()
                .stream()
                .filter(subject -> !whole.contains(subject.groupId()))
                .forEach(found::add);
        return found;
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
