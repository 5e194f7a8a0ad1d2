package io.ticketbridge.source.api;

import java.util.HashSet;
import java.util.Set;

/** One pass over an API while it is read. */
public final class ApiPass {
    private final Mapping mapping;
    private final RecordMapper mapper;
    private final ApiPages pages;
    private final Set<String> scopes = new HashSet<>();

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

    /** The scopes that its findings are of. */
    Set<String> scopes() {
        return scopes;
    }
}
