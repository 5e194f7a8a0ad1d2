package io.ticketbridge.aggregate;

import io.ticketbridge.ticket.GroupChange;
import io.ticketbridge.ticket.Membership;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** Adds a membership to the change of its group. */
public final class GroupChangeStrategy implements AggregationStrategy {
    @Override
    public Exchange aggregate(Exchange collected, Exchange arriving) {
        Membership membership = arriving.getMessage().getBody(Membership.class);
        Exchange answer = collected == null ? arriving : collected;
        if (collected == null) {
            answer.getMessage().setBody(new GroupChange(membership.group(), membership.groupId()));
        }
        answer.getMessage().getBody(GroupChange.class).add(membership.finding());
        return answer;
    }
}
