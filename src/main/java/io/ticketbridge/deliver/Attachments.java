package io.ticketbridge.deliver;

import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.call.SpentFile;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.finding.Digest;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ledger.ticket.GroupFindings;
import io.ticketbridge.ticket.Listed;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.TicketFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * What a ticket's columns can't hold: the list of all failing resources as CSV, in parts below the instance's size limit (P6),
 * and over-long texts whole (P22). Each has a name of its own, so that what is there already is not sent again.
 */
public final class Attachments {
    /** Stands for all of them where one was refused. */
    static final String ID = "attachments";

    private final GroupFindings findings;
    private final Drafts drafts;
    private final Pairs pairs;
    private final ServiceNowSettings serviceNow;

    public Attachments(GroupFindings findings, Drafts drafts, Pairs pairs, ServiceNowSettings serviceNow) {
        this.findings = findings;
        this.drafts = drafts;
        this.pairs = pairs;
        this.serviceNow = serviceNow;
        CsvParts.deleteLeft();
    }

    public boolean areOwed(Delivery delivery) {
        return isListOwed(delivery) || areTextsOwed(delivery);
    }

    private static boolean isListOwed(Delivery delivery) {
        return delivery.group().failing() > delivery.profile().maxResourcesInText();
    }

    /** Not again before a replay, where they were refused for a ticket that is kept in step. */
    private boolean areTextsOwed(Delivery delivery) {
        return takesFiles(delivery)
                && !texts(delivery, known(delivery)).isEmpty()
                && !(delivery.isInStep() && pairs.isRefused(delivery.group().id(), delivery.generation(), ID));
    }

    private static boolean takesFiles(Delivery delivery) {
        return delivery.plan() == null
                || delivery.plan().ended().isEmpty() && delivery.record().phase() != Phase.CLOSED;
    }

    /** The names of the files that the ticket has, as far as it was read. */
    private static Set<String> known(Delivery delivery) {
        return delivery.record() == null
                ? Set.of()
                : delivery.record().files().stream().map(TicketFile::name).collect(Collectors.toSet());
    }

    /** Texts that are longer than their columns, by the names of their files: the same text has the same name, so that it is there once. */
    private Map<String, String> texts(Delivery delivery, Set<String> present) {
        Map<String, String> texts = new LinkedHashMap<>();
        drafts.overlong(delivery)
                .forEach((column, text) -> texts.put(TicketFile.nameOfText(column, Digest.of(text)), text));
        texts.keySet().removeAll(present);
        return texts;
    }

    /** The query for those that are there already. */
    public ServiceNowCall present(Delivery delivery) {
        return ServiceNowCall.attachments(EncodedQuery.where("table_sys_id", delivery.sysId()));
    }

    /**
     * What ServiceNow does not have yet; the list is written to temporary files, so that it never is in memory as a whole. What of
     * them was not sent goes with the exchange.
     *
     * @param present null if ServiceNow does not tell: then nothing is sent, for it may be there
     */
    public List<ServiceNowCall> missing(Delivery delivery, List<Map<String, Object>> present, Exchange exchange) {
        if (present == null) {
            return List.of();
        }
        Set<String> names =
                present.stream().map(row -> Row.text(row, "file_name")).collect(Collectors.toSet());
        List<ServiceNowCall> calls = new ArrayList<>();
        if (isListOwed(delivery)) {
            calls.addAll(parts(delivery, names, exchange));
        }
        // Behind the list, so that a refused text keeps no part of it back.
        texts(delivery, names)
                .forEach((name, text) ->
                        calls.add(ServiceNowCall.upload(delivery.table(), delivery.sysId(), name, "text/plain", text)));
        return calls;
    }

    /** Once a part of the list was refused, the others would be, too: they are all of one kind. */
    public boolean isWorthSending(Delivery delivery, ServiceNowCall file) {
        return !(delivery.isFileRefused() && file.body() instanceof SpentFile);
    }

    private List<ServiceNowCall> parts(Delivery delivery, Set<String> names, Exchange exchange) {
        try (CsvParts parts = new CsvParts(prefix(delivery), serviceNow.maxAttachmentSize())) {
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    parts.delete();
                }
            });
            findings.eachFailing(delivery.group().id(), finding -> write(parts, finding));
            List<ServiceNowCall> calls = new ArrayList<>();
            for (Path part : parts.finish()) {
                String name = part.getFileName().toString();
                if (names.contains(name)) {
                    Files.delete(part);
                } else {
                    calls.add(ServiceNowCall.upload(
                            delivery.table(), delivery.sysId(), name, "text/csv", new SpentFile(part)));
                }
            }
            return calls;
        } catch (IOException e) {
            throw new UncheckedIOException("The list of resources can't be written to the temporary folder", e);
        }
    }

    private static void write(CsvParts parts, Listed finding) {
        try {
            parts.add(finding);
        } catch (IOException e) {
            throw new UncheckedIOException("The list of resources can't be written to the temporary folder", e);
        }
    }

    private static String prefix(Delivery delivery) {
        return "failing-resources-v" + delivery.intent().version();
    }
}
