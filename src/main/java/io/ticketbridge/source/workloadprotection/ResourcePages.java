package io.ticketbridge.source.workloadprotection;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.source.PagedSource;
import io.ticketbridge.source.UnexpectedAnswer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The pages of all lists of all controls, one after the other. A list that can't be read is left, and the next one begun. Whoever
 * reads them may be another thread than who works on them.
 */
final class ResourcePages implements PagedSource {
    /** So many controls that can't be read, one after the other, are no longer a matter of single lists. */
    private static final int MOST_UNREAD = 3;

    private record Turn(PostureControl control, ResourceList list, boolean last) {}

    private final Deque<Turn> turns = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private int number = 1;
    private long read;
    private long total = -1;
    private boolean changed;
    private int unread;
    private PostureControl lastUnread;

    /** The lists of a control are read one after the other, after those of the controls before. */
    void add(PostureControl control, List<ResourceList> lists) {
        for (int i = 0; i < lists.size(); i++) {
            turns.add(new Turn(control, lists.get(i), i == lists.size() - 1));
        }
    }

    @Override
    public boolean hasNext() {
        return !turns.isEmpty();
    }

    @Override
    public PostureCall nextCall() {
        return turns.element().list().call().orElseThrow().page(number);
    }

    @Override
    public ResourcePage accept(Object answer) {
        Turn turn = turns.element();
        if (answer instanceof Unread failed) {
            unread += turn.control() == lastUnread ? 0 : 1;
            lastUnread = turn.control();
            if (unread >= MOST_UNREAD) {
                throw new UnexpectedAnswer("The resources of " + unread
                        + " controls in a row can't be read, of the last because " + failed.why());
            }
            return end(turn, List.of(), new ResourcePage.Gap(failed.why(), true));
        }
        JsonNode page = answer instanceof JsonNode node ? node : null;
        JsonNode data = page == null ? null : page.get("data");
        if (data == null || !data.isArray()) {
            return accept(new Unread("its resources are no list"));
        }
        List<JsonNode> resources = new ArrayList<>();
        boolean anyNew = false;
        for (JsonNode resource : data) {
            resources.add(resource);
            anyNew |= seen.add(ResourceNormaliser.uid(resource)
                    + '\n'
                    + ResourceNormaliser.account(resource)
                    + '\n'
                    + ResourceNormaliser.region(resource));
        }
        read += resources.size();
        long counted = page.path("totalCount").asLong(total);
        changed |= total >= 0 && counted != total;
        total = counted;
        number++;
        boolean more = anyNew && (total < 0 ? resources.size() >= PostureCall.PAGE : read < total);
        if (more) {
            return new ResourcePage(turn.control(), resources, Optional.empty(), false);
        }
        unread = 0;
        return end(turn, resources, gap(turn.list()));
    }

    private ResourcePage.Gap gap(ResourceList list) {
        if (total < 0) {
            return new ResourcePage.Gap("it does not say how many resources there are", false);
        }
        if (read < total) {
            return new ResourcePage.Gap("it ended after " + read + " of " + total + " resources", true);
        }
        if (changed || read > total || seen.size() < read) {
            return new ResourcePage.Gap("it changed while it was read", false);
        }
        if (read < list.failing()) {
            return new ResourcePage.Gap(
                    "it names " + read + " resources, and its control says that " + list.failing() + " fail", true);
        }
        return null;
    }

    private ResourcePage end(Turn turn, List<JsonNode> resources, ResourcePage.Gap gap) {
        turns.remove();
        seen.clear();
        number = 1;
        read = 0;
        total = -1;
        changed = false;
        return new ResourcePage(turn.control(), resources, Optional.ofNullable(gap), turn.last());
    }
}
