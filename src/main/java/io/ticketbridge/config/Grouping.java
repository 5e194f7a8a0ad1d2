package io.ticketbridge.config;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What {@code group-by} may hold: one to six different keys, the order of which means nothing. */
final class Grouping {
    private static final Type<GroupKey> KEY = Types.choice(GroupKey.class);

    private Grouping() {}

    static Type<List<GroupKey>> type() {
        return Type.of("one or more of " + KEY.words() + ", comma separated", Grouping::parse);
    }

    private static List<GroupKey> parse(String value) throws Refused {
        Set<GroupKey> keys = EnumSet.noneOf(GroupKey.class);
        for (String word : Arrays.asList(value.split(",", -1))) {
            GroupKey key = keyOf(word);
            if (!keys.add(key)) {
                throw new Refused("must name each key once", "remove the second " + key);
            }
        }
        return List.copyOf(keys);
    }

    private static GroupKey keyOf(String word) throws Refused {
        try {
            return KEY.parse(word);
        } catch (Refused e) {
            throw new Refused(
                    e.rule().replace("be one of", "hold some of") + ", which never change",
                    e.remedy() + " for " + word.strip());
        }
    }
}
