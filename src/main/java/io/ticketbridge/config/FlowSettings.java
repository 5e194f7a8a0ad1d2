package io.ticketbridge.config;

import io.ticketbridge.ticket.Side;
import io.ticketbridge.ticket.SyncField;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One flow: source, grouping, policy and ticket profile under one name. Text that was not set is empty.
 *
 * @param instance the name of the source's instance in {@link Settings#visionOne}, {@link Settings#scc}, {@link
 *     Settings#workloadProtection} or {@link Settings#api}
 * @param profile the name of its ticket profile in {@link Settings#profiles}
 * @param filter a Camel simple expression on the finding; empty lets all through
 * @param sourceFilter what is sent to the source as its own filter ({@code TMV1-Filter}, {@code filter}), or empty
 * @param folder the folder that is watched for findings files; empty if files come by {@code import} alone
 * @param complete whether a findings file that ends well proves by absence (P11)
 * @param token what a sender over HTTP shows, or none
 * @param hmacSecret what a sender over HTTP signs with, or none
 * @param mapping the file that says how an API is read, if the source is one; where there is none, the jar's of its name is meant
 * @param pollRoute the route template that reads an API
 * @param groupBy what the findings of one ticket share, in the order of the enum; empty for cases and alerts
 * @param control what "control" means: {@code check}, {@code control} (the source's own), or the name of a framework
 * @param controlMap which checks and controls are the same
 * @param newTicketWhenStatus the label or value of the state from which a ticket no longer blocks the next (P7)
 * @param newTicketAfterDays the age in days from which a ticket no longer blocks the next (P8), if set
 * @param maxNewTicketsPerHour the most tickets that are opened in any hour, if set (P12)
 * @param stormTicket whether one summary ticket tells how much a breaker holds (P12)
 * @param allDeleted whether it is believed that all of many tickets were deleted (P7)
 * @param formerSourceGone whether what the flow read elsewhere before, and nobody reads any more, is believed to be gone (P11)
 * @param syncBack whether changes made in ServiceNow reach the case or alert (P23); never for other sources
 * @param owners per field whose value wins where both sides changed it (P24); complete
 * @param reconcile when both sides of all open tickets are compared (P26)
 */
public record FlowSettings(
        String name,
        SourceKind source,
        String instance,
        String profile,
        boolean enabled,
        Poll poll,
        String filter,
        String sourceFilter,
        Optional<Path> folder,
        boolean complete,
        Secret token,
        Secret hmacSecret,
        Optional<Path> mapping,
        String pollRoute,
        List<GroupKey> groupBy,
        String control,
        ControlMap controlMap,
        String newTicketWhenStatus,
        OptionalInt newTicketAfterDays,
        OnRecurrence onRecurrence,
        boolean resolveWhenFixed,
        Baseline baseline,
        int maxNewTicketsPerRun,
        int maxClosuresPerRun,
        OptionalInt maxNewTicketsPerHour,
        boolean stormTicket,
        boolean allDeleted,
        boolean formerSourceGone,
        boolean syncBack,
        Map<SyncField, Side> owners,
        OnIdleClosure onIdleClosure,
        Poll reconcile) {
    public FlowSettings {
        groupBy = List.copyOf(groupBy);
        owners = Map.copyOf(owners);
    }

    /** Whether its findings are sent to ticketbridge instead of being fetched. */
    public boolean isSent() {
        return source == SourceKind.HTTP;
    }
}
