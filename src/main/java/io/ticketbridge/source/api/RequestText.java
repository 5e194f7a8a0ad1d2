package io.ticketbridge.source.api;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the part of a mapping file that says how the API is asked. */
final class RequestText {
    private static final Set<String> REQUEST = Set.of("method", "path", "query", "headers", "body");
    private static final Map<String, Paging.Kind> KINDS = Map.of(
            "next-link", Paging.Kind.NEXT_LINK,
            "cursor", Paging.Kind.CURSOR,
            "offset", Paging.Kind.OFFSET,
            "page-number", Paging.Kind.PAGE_NUMBER);
    private static final Set<String> PAGING =
            Set.of("next-link", "cursor", "offset", "page-number", "items", "size", "total", "max-pages");
    private static final int USUAL_MOST_PAGES = 10_000;

    /** What carries a credential belongs into the settings, where it is masked and may come from a secret. */
    private static final Pattern CREDENTIAL_HEADER =
            Pattern.compile("(?i)(proxy-)?authorization|cookie|.*api-?key.*|.*-token|.*secret.*|.*password.*");

    private static final Pattern CREDENTIAL_PARAMETER =
            Pattern.compile("(?i)api[-_]?key|access[-_]?token|auth[-_]?token|client[-_]?secret|password|passwd|secret");
    private static final Pattern CREDENTIAL = Pattern.compile("(?i)(bearer|basic|token|api-?key)\\s+\\S{6,}.*");

    private final MappingText mapping;

    RequestText(MappingText mapping) {
        this.mapping = mapping;
    }

    ApiCall call(Yaml request, Yaml root) {
        if (request == null) {
            root.problem("needs the key request");
            return null;
        }
        Map<String, Yaml> fields = request.fields(REQUEST);
        Yaml body = fields.get("body");
        String path = fields.containsKey("path") ? fields.get("path").scalar().orElse("") : "";
        if (!path.isEmpty() && !path.matches("/[^?#\\s]*")) {
            fields.get("path").problem("must begin with a slash and end before ?; parameters are in query");
        }
        if (body != null && !body.isMap()) {
            body.problem("must be a map");
        }
        String method =
                fields.containsKey("method") ? fields.get("method").scalar().orElse("") : body == null ? "GET" : "POST";
        if (!method.matches("GET|POST")) {
            fields.get("method").problem("must be GET or POST");
        } else if (method.equals("GET") && body != null) {
            body.problem("can't be sent with GET; write method: POST");
        }
        return new ApiCall(
                method,
                path,
                values(fields.get("query"), CREDENTIAL_PARAMETER),
                null,
                values(fields.get("headers"), CREDENTIAL_HEADER),
                body == null || !body.isMap() ? null : body.json());
    }

    private static Map<String, String> values(Yaml map, Pattern credentials) {
        Map<String, String> values = new LinkedHashMap<>();
        if (map == null) {
            return values;
        }
        map.fields(Set.of()).forEach((name, value) -> {
            String text = value.scalar().orElse(null);
            if (text == null) {
                value.problem("must be a text, a number or a flag");
            } else if (credentials.matcher(name).matches()
                    || CREDENTIAL.matcher(text).matches()) {
                value.problem(
                        "looks like a credential; take it out, and see ticketbridge.api.NAME.auth in the settings");
            } else {
                values.put(name, text);
            }
        });
        return values;
    }

    Paging paging(Yaml paging, Expression records) {
        Map<String, Yaml> fields = paging == null ? Map.of() : paging.fields(PAGING);
        List<String> kinds = fields.keySet().stream().filter(KINDS::containsKey).toList();
        if (paging != null && paging.isMap() && kinds.size() != 1) {
            paging.problem("must have one of next-link, cursor, offset and page-number, and has "
                    + (kinds.isEmpty() ? "none" : String.join(" and ", kinds)));
        }
        Expression items = mapping.expression(fields.get("items"));
        Expression total = mapping.expression(fields.get("total"));
        int size = (int) number(fields.get("size"), 0, 1);
        int most = (int) number(fields.get("max-pages"), USUAL_MOST_PAGES, 1);
        if (kinds.size() != 1) {
            return new Paging(Paging.Kind.NONE, Expression.NOTHING, null, 0, items, size, total, most);
        }
        Paging.Kind kind = KINDS.get(kinds.get(0));
        Yaml own = fields.get(kinds.get(0));
        boolean counts = kind == Paging.Kind.OFFSET || kind == Paging.Kind.PAGE_NUMBER || !total.isNothing();
        if (counts
                && items.isNothing()
                && !records.isNothing()
                && !records.written().startsWith("/")
                && !records.place().equals("records")) {
            paging.problem("needs items: /..., the list that is counted, for jq in records may leave some out");
        }
        return switch (kind) {
            case NEXT_LINK -> new Paging(kind, mapping.expression(own), null, 0, items, size, total, most);
            case CURSOR -> {
                Map<String, Yaml> cursor = own.fields(Set.of("from", "to"));
                needs(own, cursor, "from");
                yield new Paging(
                        kind, mapping.expression(cursor.get("from")), target(own, cursor), 0, items, size, total, most);
            }
            default -> {
                Map<String, Yaml> counted = own.fields(Set.of("to", "start"));
                long start = number(counted.get("start"), kind == Paging.Kind.OFFSET ? 0 : 1, 0);
                yield new Paging(kind, Expression.NOTHING, target(own, counted), start, items, size, total, most);
            }
        };
    }

    private static void needs(Yaml map, Map<String, Yaml> fields, String key) {
        if (map.isMap() && !fields.containsKey(key)) {
            map.problem("needs the key " + key);
        }
    }

    private static Target target(Yaml map, Map<String, Yaml> fields) {
        needs(map, fields, "to");
        Yaml to = fields.get("to");
        String text = to == null ? "" : to.scalar().orElse("");
        if (text.matches("query \\S+")) {
            return new Target(text.substring("query ".length()), null);
        }
        if (text.matches("body /\\S+")) {
            JsonPointer pointer = MappingText.pointerOf(to, text.substring("body ".length()));
            return new Target(null, pointer);
        }
        if (to != null) {
            to.problem("must be query NAME or body /POINTER");
        }
        return new Target("", null);
    }

    private static long number(Yaml value, long usual, long least) {
        if (value == null) {
            return usual;
        }
        String text = value.scalar().orElse("");
        if (!text.matches("\\d{1,9}") || Long.parseLong(text) < least) {
            value.problem("must be a number of at least " + least);
            return usual;
        }
        return Long.parseLong(text);
    }
}
