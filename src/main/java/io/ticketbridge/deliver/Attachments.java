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
 * The list of all failing resources as CSV, where the description can't hold it (P6): in parts below the instance's size
 * limit, each with a name of its own, so that a part that is there already is not sent again.
 */
public final class Attachments {
    private final GroupFindings findings;
    private final ServiceNowSettings serviceNow;

    public Attachments(GroupFindings findings, ServiceNowSettings serviceNow) {
        this.findings = findings;
        this.serviceNow = serviceNow;
    }

    public boolean areOwed(Delivery delivery) {
        return delivery.group().failing() > delivery.profile().maxResourcesInText();
    }

    /** The query for those that are there already. */
    public ServiceNowCall present(Delivery delivery) {
        return ServiceNowCall.attachments(EncodedQuery.where("table_sys_id", sysId(delivery)));
    }

    /** Writes the list to temporary files and returns those that ServiceNow does not have yet. */
    public List<ServiceNowCall> missing(Delivery delivery, List<Map<String, Object>> present) {
        Set<String> names =
                present.stream().map(row -> Row.text(row, "file_name")).collect(Collectors.toSet());
        try (CsvParts parts = new CsvParts(prefix(delivery), serviceNow.maxAttachmentSize())) {
            findings.eachFailing(delivery.group().id(), finding -> write(parts, finding));
            List<ServiceNowCall> calls = new ArrayList<>();
            for (Path part : parts.finish()) {
                String name = part.getFileName().toString();
                if (names.contains(name)) {
                    Files.delete(part);
                } else {
                    calls.add(ServiceNowCall.upload(ticketTable(delivery), sysId(delivery), name, part.toFile()));
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

    private static String ticketTable(Delivery delivery) {
        return delivery.table();
    }

    private static String sysId(Delivery delivery) {
        return delivery.sysId();
    }
}
