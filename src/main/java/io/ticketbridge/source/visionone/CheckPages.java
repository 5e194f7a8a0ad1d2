package io.ticketbridge.source.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.source.PagedSource;
import io.ticketbridge.source.UnexpectedAnswer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The pages of an account's checks. A query yields only so many results (vision-one.md, section 5.2); one that reaches this
 * limit is taken for cut off, and its part of the account is divided and read again. Notes what it could not read, for then
 * what is not there proves nothing (P11). Whoever reads may be another thread than who works on the pages.
 */
final class CheckPages implements PagedSource {
    private final int limit;
    private final Function<CheckPart, LinkedPages> query;
    private final Deque<CheckPart> waiting = new ArrayDeque<>();
    private final List<String> gaps = new ArrayList<>();

    private CheckPart part;
    private LinkedPages pages;
    private Map<String, TreeSet<String>> seen;
    private long read;
    private long announced;
    private String lastId;
    private boolean moved;

    /** @param query the pages of a part */
    CheckPages(CheckPart whole, int limit, Function<CheckPart, LinkedPages> query) {
        this.limit = limit;
        this.query = query;
        if (whole.isTooLong()) {
            throw new UnexpectedAnswer(
                    "The flow's source-filter leaves no room for the account that is asked for: shorten it");
        }
        waiting.add(whole);
        next();
    }

    @Override
    public boolean hasNext() {
        return pages != null;
    }

    @Override
    public LinkedPages nextCall() {
        return pages;
    }

    /** What was not read, and why; empty where all was. */
    List<String> gaps() {
        return gaps;
    }

    @Override
    public List<JsonNode> accept(Object answer) {
        JsonNode page = answer instanceof JsonNode node ? node : null;
        List<JsonNode> checks = pages.accept(page);
        checks.forEach(this::requireAsked);
        if (lastId != null) {
            if (hasMoved(checks)) {
                pages.withoutOverlap();
                return List.of();
            }
            checks = checks.subList(1, checks.size());
        }
        checks.forEach(this::see);
        read += checks.size();
        announced = Math.max(
                announced,
                Math.max(page.path("count").asLong(), page.path("totalCount").asLong()));
        if (read >= limit) {
            divide();
            next();
        } else if (!pages.isHasNext()) {
            end();
        } else {
            overlap(checks);
        }
        return checks;
    }

    /**
     * Pages are offsets: a check that goes away between two of them pulls the rest forward, and one is missed. So each page is
     * asked for with the last check of the one before, and where another stands in its place the list moved.
     */
    private void overlap(List<JsonNode> checks) {
        String last = checks.isEmpty() ? "" : Fields.text(checks.get(checks.size() - 1), "id");
        lastId = !moved && !last.isBlank() && pages.overlap(read) ? last : null;
    }

    private boolean hasMoved(List<JsonNode> checks) {
        boolean same = !checks.isEmpty() && Fields.text(checks.get(0), "id").equals(lastId);
        lastId = null;
        if (!same) {
            moved = true;
            gaps.add("the list moved while it was read: " + part.name());
        }
        return !same;
    }

    private void end() {
        if (announced > read) {
            gaps.add("it ended after " + read + " of " + announced + ": " + part.name());
        }
        next();
    }

    private void divide() {
        List<CheckPart> parts = part.divided(seen);
        if (parts.isEmpty()) {
            List<CheckPart> besides = part.besides(seen);
            CheckPart alike = besides.get(besides.size() - 1);
            gaps.add(
                    "one query yields " + limit + " checks at most, and it can't be divided any more: " + alike.name());
            parts = besides.subList(0, besides.size() - 1);
        }
        for (CheckPart each : parts) {
            if (each.isTooLong()) {
                gaps.add("its filter would be too long: what is not in the parts that were read of " + part.name());
            } else {
                waiting.add(each);
            }
        }
    }

    private void next() {
        part = waiting.poll();
        pages = part == null ? null : query.apply(part);
        seen = new TreeMap<>();
        CheckPart.FIELDS.forEach(field -> seen.put(field, new TreeSet<>()));
        read = 0;
        announced = 0;
        lastId = null;
    }

    private void see(JsonNode check) {
        seen.forEach((field, values) -> {
            String value = Fields.text(check, field);
            if (CheckPart.isSayable(value)) {
                values.add(value);
            }
        });
    }

    /** A list that holds what was not asked for does not keep to filters: its parts would be no parts. */
    private void requireAsked(JsonNode check) {
        part.conditions().stream()
                .filter(condition -> condition.excludes(Fields.text(check, condition.field())))
                .findFirst()
                .ifPresent(condition -> {
                    throw new UnexpectedAnswer(
                            "Checks were asked for with " + condition + ", and others came with them;"
                                    + " check that the flow's source-filter has no or outside parentheses");
                });
    }
}
