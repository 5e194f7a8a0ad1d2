package io.ticketbridge.sync;

import io.ticketbridge.config.SyncMaps;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.Side;
import io.ticketbridge.ticket.SyncField;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** A case and its ticket, as two people edit them, and ticketbridge between the two. */
final class SyncedPair {
    /** @param choice which of the field's values is typed; the last one is a value that no map has */
    record Edit(Side side, SyncField field, int choice) {}

    /** After which write a round breaks off. Notes go first, the base moves last. */
    enum Crash {
        NONE,
        BEFORE_ANY,
        AFTER_SERVICENOW,
        AFTER_VISION_ONE,
        /** None: it goes on to its end without the source's fields. */
        FIELDS_REFUSED
    }

    private static final Map<SyncField, List<String>> SOURCE = Map.of(
            SyncField.STATUS, List.of("Open", "In-progress", "Closed", "Open", "Merged"),
            SyncField.PRIORITY, List.of("P0", "P1", "P2", "P3", "P2"),
            SyncField.FINDINGS, List.of("TruePositive", "FalsePositive", "BenignTruePositive", "Noteworthy", "Unheard"),
            SyncField.NAME, List.of("one", "two", "three", "four", "five"),
            SyncField.DESCRIPTION, List.of("", "two", "three", "four", "five"));
    private static final Map<SyncField, List<String>> TICKET = Map.of(
            SyncField.STATUS, List.of("1", "2", "6", "7", "99"),
            SyncField.PRIORITY, List.of("1", "2", "3", "5", "9"),
            SyncField.FINDINGS, List.of("Solution provided", "User error", "Known error", "Duplicate", "Act of God"),
            SyncField.NAME, List.of("[one]", "[two]", "[three]", "[six]", "my words"),
            SyncField.DESCRIPTION, List.of("[]", "[two]", "[three]", "[six]", "my words"));

    private final Map<SyncField, Side> owners;
    private final Set<SyncField> writable;
    private final SyncMaps maps;
    private final Map<SyncField, Both> base = new EnumMap<>(SyncField.class);
    private final Map<SyncField, String> source = new EnumMap<>(SyncField.class);
    private final Map<SyncField, String> ticket = new EnumMap<>(SyncField.class);
    /** What was typed since both sides last heard of it, by side; before the two met nothing counts. */
    private final Map<Side, Map<SyncField, String>> typed = new EnumMap<>(Side.class);

    /** What the source refused in the last round: it waits, with its base. */
    private final Set<SyncField> refused = EnumSet.noneOf(SyncField.class);

    private final Set<String> said = new HashSet<>();
    private final List<String> story = new ArrayList<>();

    SyncedPair(Map<SyncField, Side> owners, Set<SyncField> writable, long seed, boolean met) {
        this(owners, writable, drawn(seed));
        if (met) {
            round(Crash.NONE);
        }
    }

    private SyncedPair(Map<SyncField, Side> owners, Set<SyncField> writable, SyncMaps maps) {
        this.owners = owners;
        this.writable = writable;
        this.maps = maps;
        for (Side side : Side.values()) {
            typed.put(side, new EnumMap<>(SyncField.class));
        }
        source.putAll(Map.of(
                SyncField.STATUS, "Open",
                SyncField.PRIORITY, "P1",
                SyncField.FINDINGS, "",
                SyncField.NAME, "one",
                SyncField.DESCRIPTION, "two"));
        ticket.putAll(Map.of(
                SyncField.STATUS, "1",
                SyncField.PRIORITY, "2",
                SyncField.FINDINGS, "",
                SyncField.NAME, "[one]",
                SyncField.DESCRIPTION, "[two]"));
    }

    static SyncedPair whole(Map<SyncField, Side> owners) {
        SyncedPair pair = new SyncedPair(owners, EnumSet.allOf(SyncField.class), SyncMaps.of("incident"));
        pair.round(Crash.NONE);
        return pair;
    }

    SyncedPair copy() {
        SyncedPair copy = new SyncedPair(owners, writable, maps);
        copy.base.putAll(base);
        copy.source.putAll(source);
        copy.ticket.putAll(ticket);
        typed.forEach((side, values) -> copy.typed.get(side).putAll(values));
        copy.refused.addAll(refused);
        copy.said.addAll(said);
        copy.story.addAll(story);
        return copy;
    }

    /** The maps of an incident, from which some names and some lists are missing. */
    private static SyncMaps drawn(long seed) {
        Random random = new Random(seed);
        Map<SyncField, Map<String, List<String>>> lists = new EnumMap<>(SyncField.class);
        SyncMaps.of("incident").lists().forEach((field, byWord) -> {
            Map<String, List<String>> drawn = new LinkedHashMap<>();
            byWord.forEach((word, names) -> {
                List<String> kept =
                        names.stream().filter(name -> random.nextInt(6) > 0).toList();
                // What the profile's columns write is among what is read.
                List<String> whole = field == SyncField.PRIORITY ? names : kept;
                if (!whole.isEmpty()) {
                    drawn.put(word, whole);
                }
            });
            lists.put(field, drawn);
        });
        return new SyncMaps(lists);
    }

    void edit(Edit edit) {
        boolean ofSource = edit.side() == Side.VISION_ONE;
        String value = (ofSource ? SOURCE : TICKET).get(edit.field()).get(edit.choice());
        String before = (ofSource ? source : ticket).put(edit.field(), value);
        Both both = base.get(edit.field());
        if (value.equals(before) || both == null) {
            return;
        }
        story.add(edit.side() + " types " + edit.field() + " " + value);
        if (value.equals(ofSource ? both.source() : both.ticket())) {
            // Taken back before anybody heard of it.
            typed.get(edit.side()).remove(edit.field());
        } else {
            typed.get(edit.side()).put(edit.field(), value);
        }
    }

    static boolean canBeTold(Edit edit) {
        return edit.choice() < 4;
    }

    boolean writesNothing() {
        Merged merged = merge();
        return merged.toServiceNow().isEmpty() && merged.toVisionOne().isEmpty();
    }

    Merged merge() {
        return Merge.merge(base, source, ticket, translation(), owners, writable);
    }

    void round(Crash crash) {
        Merged merged = merge();
        story.add("base " + base + " source " + source + " ticket " + ticket + " -> " + merged + " " + crash);
        if (crash == Crash.BEFORE_ANY) {
            return;
        }
        merged.overruled().forEach(each -> said.add(each.loser() + " " + each.field() + " " + each.value()));
        merged.untranslated().forEach(each -> said.add(each.from() + " " + each.field() + " " + each.value()));
        Map<SyncField, String> before = Map.copyOf(ticket);
        if (crash != Crash.AFTER_VISION_ONE) {
            merged.toServiceNow().forEach((field, value) -> ticket.put(field, written(field, value)));
        }
        refused.clear();
        if (crash == Crash.FIELDS_REFUSED) {
            refused.addAll(merged.toVisionOne().keySet());
        } else if (crash != Crash.AFTER_SERVICENOW) {
            source.putAll(merged.toVisionOne());
        }
        if (isWhole(crash)) {
            Map<SyncField, Both> agreed = Agreeing.fields(
                    base,
                    merged.agreed(),
                    merged.toVisionOne().keySet(),
                    "Closed".equals(merged.toServiceNow().get(SyncField.STATUS)),
                    before,
                    merged.toServiceNow().isEmpty() ? null : ticket,
                    crash == Crash.FIELDS_REFUSED,
                    Set.of());
            base.clear();
            base.putAll(agreed);
        }
    }

    static boolean isWhole(Crash crash) {
        return crash == Crash.NONE || crash == Crash.FIELDS_REFUSED;
    }

    private String written(SyncField field, String value) {
        return switch (field) {
            case NAME, DESCRIPTION -> Words.IN_BRACKETS.shown(field, value);
            case PRIORITY -> String.valueOf("P0P1P2P3".indexOf(value) / 2 + 1);
            default -> maps.written(field, value, Map.of()).orElseThrow();
        };
    }

    /** What was typed, can't be found on the other side, waits for nothing, and was not said there. */
    List<String> lost() {
        List<String> lost = new ArrayList<>();
        typed.forEach((side, values) -> values.forEach((field, value) -> {
            Map<SyncField, String> own = side == Side.VISION_ONE ? source : ticket;
            boolean stands = own.get(field).equals(value);
            boolean agrees = stands && agree(field, source.get(field), ticket.get(field)) && !waits(field, side);
            if (!agrees
                    && !said.contains(side + " " + field + " " + value)
                    && !(stands && isToBeTold(field, side, value))) {
                lost.add(side + " " + field + " " + value);
            }
        }));
        // What both sides have heard of may be replaced from now on.
        typed.forEach((side, values) -> values.keySet().removeIf(field -> !isToBeTold(field, side, values.get(field))));
        return lost;
    }

    private boolean isToBeTold(SyncField field, Side side, String value) {
        return refused.contains(field) || waits(field, side) || isUnmapped(field, side, value);
    }

    private boolean agree(SyncField field, String ours, String theirs) {
        return translation().agrees(field, ours, theirs);
    }

    /** Findings of the source wait, with their base, for the ticket to be closed. */
    private boolean waits(SyncField field, Side side) {
        boolean open = !translation().agrees(SyncField.STATUS, "Closed", ticket.get(SyncField.STATUS));
        Both both = base.get(field);
        String value = side == Side.VISION_ONE ? source.get(field) : ticket.get(field);
        return field == SyncField.FINDINGS
                && open
                && (both == null || !value.equals(side == Side.VISION_ONE ? both.source() : both.ticket()));
    }

    private boolean isUnmapped(SyncField field, Side side, String value) {
        boolean unmapped = side == Side.VISION_ONE
                ? !translation().reachesTicket(field, value)
                : translation().toSource(field, value).isEmpty();
        return field == SyncField.STATUS
                && (unmapped || !merge().unmappedStates().isEmpty());
    }

    Map<String, String> values() {
        return Map.of("source", source.toString(), "ticket", ticket.toString(), "base", base.toString());
    }

    Set<String> said() {
        return said;
    }

    /** Fields in which the two differ, findings that wait left out. */
    List<SyncField> differing() {
        return source.keySet().stream()
                .filter(field -> !translation().agrees(field, source.get(field), ticket.get(field)))
                .filter(field -> !waits(field, Side.VISION_ONE))
                .filter(field ->
                        !(field == SyncField.FINDINGS && source.get(field).isEmpty()))
                .toList();
    }

    private Translation translation() {
        return new MappedTranslation(maps, Map.of(), Words.IN_BRACKETS);
    }

    String story() {
        return owners + " may write " + writable + "\n" + maps.lists() + "\n"
                + story.stream().collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return story();
    }
}
