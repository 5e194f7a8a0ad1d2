package io.ticketbridge.ledger.report;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ticket.References;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what a person means by an id: a ticket, a group, a finding, a resource, a control, a case (P31). Reads only. */
public final class Subjects {

    /** @param findingId null for a whole group */
    public record Subject(UUID groupId, UUID findingId) {}

    private static final Pattern REFERENCE = Pattern.compile("(?<![0-9a-z])tb-[0-9a-f]{8}-[0-9a-f]{4}(?![0-9a-f])");

    private static final Pattern SYS_ID = Pattern.compile("(?i)sys_id(?:=|%3d)([0-9a-f]{32})(?![0-9a-f])");

    /** So many names that contain a word are looked at. */
    private static final int MANY = 200;

    private static final String LABEL = "(label = :id or label like :prefixed)";

    private final LedgerDatabase database;

    public Subjects(LedgerDatabase database) {
        this.database = database;
    }

    /**
     * @param id a ticket's number, sys_id, correlation_id or URL; the reference at the end of a note of ours; a group's label or
     *     id; a finding's id; a resource's uid or name; a check, control, case or account
     * @param most how many at most
     */
    public List<Subject> named(String id, int most) {
        String wanted = id.strip();
        Set<Subject> found = tickets(wanted);
        if (found.isEmpty()) {
            found.addAll(byReference(wanted));
        }
        if (found.isEmpty()) {
            uuid(wanted).ifPresent(uuid -> found.addAll(byUuid(uuid)));
        }
        if (found.isEmpty()) {
            // Summary tickets' groups have no key.
            found.addAll(groups("label_key like :key and " + LABEL, wanted, most));
            found.addAll(groups("label_key = '' and " + LABEL, wanted, most));
            // What one flow groups by is a finding's in another.
            found.addAll(findings(wanted, most));
        }
        if (found.isEmpty()) {
            found.addAll(groups("head like :quoted", wanted, most));
        }
        return found.stream().limit(most).toList();
    }

    /**
     * The one name that is meant for certain: it differs in upper and lower case alone, or has what was asked for as a whole part, as
     * an ARN has a bucket's name.
     *
     * @return empty if there is none or more than one
     */
    public Optional<String> meant(String id) {
        String wanted = id.strip().toLowerCase(Locale.ROOT);
        List<String> names = similar(id, MANY);
        List<String> same =
                names.stream().filter(name -> name.equalsIgnoreCase(wanted)).toList();
        if (!same.isEmpty()) {
            return same.size() == 1 ? Optional.of(same.get(0)) : Optional.empty();
        }
        Pattern whole = Pattern.compile("(?:^|.*[:/])" + Pattern.quote(wanted) + "(?:$|[:/].*)", Pattern.DOTALL);
        List<String> parts = names.stream()
                .filter(name -> whole.matcher(name.toLowerCase(Locale.ROOT)).matches())
                .toList();
        // A label by several keys has the resource's own name in it.
        List<String> distinct = parts.stream()
                .filter(name -> parts.stream().noneMatch(other -> !other.equals(name) && name.contains(other)))
                .toList();
        return distinct.size() == 1 && names.size() < MANY ? Optional.of(distinct.get(0)) : Optional.empty();
    }

    /** Names that contain what was asked for in whatever case, the shortest first, for who mistyped it. */
    public List<String> similar(String id, int most) {
        List<String> names = new ArrayList<>(database.client()
                .sql(
                        """
                        select name from (
                            select label as name from finding_group where lower(label) like :part
                            union select number from ticket where lower(number) like :part
                            union select resource_uid from finding where lower(resource_uid) like :part
                            union select resource_name from finding where lower(resource_name) like :part
                            union select check_id from finding where lower(check_id) like :part
                            union select account from finding where lower(account) like :part) names
                        order by char_length(name), name limit :most""")
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
                        where replayed_at is null and stage = 'read' and lower(raw) like :quoted order by id desc limit :most""")
                .param("quoted", "%\"" + escaped(wanted.toLowerCase(Locale.ROOT)) + "\"%")
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
                .param("id", sysId(id))
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
        found.addAll(tickets("sys_id", sysId(id)));
        found.addAll(tickets("correlation_id", id.toLowerCase(Locale.ROOT)));
        return found;
    }

    /** Also out of the URL of a record. */
    private static String sysId(String id) {
        Matcher url = SYS_ID.matcher(id);
        return (url.find() ? url.group(1) : id).toLowerCase(Locale.ROOT);
    }

    /** The end of a note, or the reference in it: of a write, of the note that opened a ticket, or of what was carried over. */
    private Set<Subject> byReference(String id) {
        Matcher matcher = REFERENCE.matcher(id.toLowerCase(Locale.ROOT));
        Set<Subject> found = new LinkedHashSet<>();
        if (!matcher.find()) {
            return found;
        }
        String reference = matcher.group();
        database.client()
                .sql("select group_id from action where reference = :reference")
                .param("reference", reference)
                .query(row -> {
                    found.add(new Subject(row.getObject(1, UUID.class), null));
                });
        if (found.isEmpty()) {
            database.client().sql("select group_id, correlation_id from ticket").query(row -> {
                if (References.ofOpening(row.getString(2)).equals(reference)) {
                    found.add(new Subject(row.getObject(1, UUID.class), null));
                }
            });
            database.client()
                    .sql("select group_id, generation, note_id from carried")
                    .query(row -> {
                        UUID group = row.getObject(1, UUID.class);
                        if (References.of(group, row.getInt(2), row.getString(3))
                                .equals(reference)) {
                            found.add(new Subject(group, null));
                        }
                    });
        }
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
        String matches = "(resource_uid = :id or resource_name = :id or check_id = :id or account = :id)";
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
