package io.ticketbridge.deliver;

import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.ledger.GroupFindings;
import io.ticketbridge.ticket.Listed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a ticket's columns can't hold: the list of all failing resources as CSV, in parts below the instance's size limit (P6),
 * and over-long texts whole (P22). Each has a name of its own, so that what is there already is not sent again.
 */
public final class Attachments {
    private final GroupFindings findings;
    private final Drafts drafts;
    private final ServiceNowSettings serviceNow;

    public Attachments(GroupFindings findings, Drafts drafts, ServiceNowSettings serviceNow) {
        this.findings = findings;
        this.drafts = drafts;
        this.serviceNow = serviceNow;
    }

    public boolean areOwed(Delivery delivery) {
        return isListOwed(delivery) || !drafts.overlong(delivery).isEmpty();
    }

    private static boolean isListOwed(Delivery delivery) {
        return delivery.group().failing() > delivery.profile().maxResourcesInText();
    }

    /** The query for those that are there already. */
    public ServiceNowCall present(Delivery delivery) {
        return ServiceNowCall.attachments(EncodedQuery.where("table_sys_id", delivery.sysId()));
    }

    /** What ServiceNow does not have yet; the list is written to temporary files, so that it never is in memory as a whole. */
    public List<ServiceNowCall> missing(Delivery delivery, List<Map<String, Object>> present) {
        Set<String> names =
                present.stream().map(row -> Row.text(row, "file_name")).collect(Collectors.toSet());
        List<ServiceNowCall> calls = new ArrayList<>();
        drafts.overlong(delivery).forEach((column, text) -> {
            String name = column + "-v" + delivery.getIntent().version() + ".txt";
            if (!names.contains(name)) {
                calls.add(ServiceNowCall.upload(delivery.table(), delivery.sysId(), name, "text/plain", text));
            }
        });
        if (isListOwed(delivery)) {
            calls.addAll(parts(delivery, names));
        }
        return calls;
    }

    private List<ServiceNowCall> parts(Delivery delivery, Set<String> names) {
        try (CsvParts parts = new CsvParts(prefix(delivery), serviceNow.maxAttachmentSize())) {
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
        return "failing-resources-v" + delivery.getIntent().version();
    }
}
