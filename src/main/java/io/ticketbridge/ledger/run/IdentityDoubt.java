package io.ticketbridge.ledger.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What makes the ids of one check of a source doubtful (P3).
 *
 * @param source the scope of the findings: which source and instance
 * @param findings how many findings of the last such run it concerns
 * @param example the resource of one of them
 */
public record IdentityDoubt(
        String flow,
        Kind kind,
        String source,
        String check,
        long findings,
        String example,
        long run,
        Instant firstAt,
        Instant seenAt) {

    /** What was seen. */
    public enum Kind {
        /** One scan said different things of one id: it may stand for several. */
        COLLISION("the scan says different things of one id; the worst of them counts"),
        /** A failure went, and another came under the same name with another id. */
        CHANGED("ids changed under the same names: what was made anew is fine, else the source's ids are not stable");

        private final String sentence;

        Kind(String sentence) {
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }

    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("flow", flow);
        map.put("kind", kind.name().toLowerCase(Locale.ROOT));
        map.put("source", source);
        map.put("check", check);
        map.put("findings", findings);
        map.put("example", example);
        map.put("run", run);
        map.put("firstAt", firstAt.toString());
        map.put("seenAt", seenAt.toString());
        return map;
    }
}
