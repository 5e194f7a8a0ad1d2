package io.ticketbridge.engine;

import io.ticketbridge.aggregate.GroupChangeStrategy;
import io.ticketbridge.aggregate.Groupings;
import io.ticketbridge.aggregate.KeyOfGroup;
import io.ticketbridge.aggregate.MembershipsOfFinding;
import io.ticketbridge.dedupe.FlowFilters;
import io.ticketbridge.dedupe.KeyOfFinding;
import java.util.List;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;

/** What stands on the way of a finding to its groups. */
final class GroupingBeans {
    final Groupings groupings;
    private final Surroundings around;

    GroupingBeans(Surroundings around) {
        this.around = around;
        groupings = new Groupings(around.settings());
    }

    /** @param problems is told of every filter that can't be used; a filter may name any bean, so that those are bound before */
    void bind(List<String> problems) {
        around.bind("groupChanges", new GroupChangeStrategy());
        around.bind("membershipsOfFinding", new MembershipsOfFinding(groupings));
        around.bind("keyOfGroup", new KeyOfGroup());
        around.bind("keyOfFinding", new KeyOfFinding());
        around.bind("collected", new GroupedBodyAggregationStrategy());
        around.bind("flowFilters", new FlowFilters(around.settings(), around.context(), problems));
    }
}
