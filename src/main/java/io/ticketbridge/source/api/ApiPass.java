package io.ticketbridge.source.api;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** One pass over an API while it is read. */
public final class ApiPass {
    private final Mapping mapping;
    private final RecordMapper mapper;
    private final ApiPages pages;
    private final Set<String> scopes = new HashSet<>();
    private long mapped;

    ApiPass(Mapping mapping, RecordMapper mapper, ApiPages pages) {
        this.mapping = mapping;
        this.mapper = mapper;
        this.pages = pages;
    }

    /** What is read ahead. */
    public ApiPages getPages() {
        return pages;
    }

    Mapping mapping() {
        return mapping;
    }

    RecordMapper mapper() {
        return mapper;
    }

    /** What the route brought to the mapping, of all that was read. */
    void mapped(int records) {
        mapped += records;
    }

    /** Why what it does not name proves nothing; empty if it does. A step of the route may leave records out that are listed all the same. */
    Optional<String> shortfall() {
        if (!pages.isWhole()) {
            return Optional.of(pages.shortfall());
        }
        long leftOut = pages.handedOut() - mapped;
        return leftOut <= 0
                ? Optional.empty()
                : Optional.of("a step of the route left out " + leftOut + " of " + pages.handedOut()
                        + " records; leave them out by the flow's filter, or in route 40");
    }

    /** The scopes that its findings are of. */
    Set<String> scopes() {
        return scopes;
    }
}
