package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;

/** The cases that a simulator starts with: as a small company might have after six weeks. */
final class CaseSeeds {
    private record Story(String name, String description, String type, String priority, String note) {}

    private static final List<Story> STORIES = List.of(
            new Story(
                    "Possible ransomware on file server FS-MUC-02",
                    "Mass renaming of files and deleted shadow copies within four minutes.",
                    "Workbench",
                    "P0",
                    "Host isolated at the switch. Backups of last night are intact."),
            new Story(
                    "Suspicious PowerShell on WKS-0417",
                    "An encoded command line was started from a mail attachment & contacted <203.0.113.77>.",
                    "Workbench",
                    "P1",
                    "The user opened \"invoice.xlsm\"; the machine is being imaged."),
            new Story(
                    "Credential dumping from LSASS",
                    "A process read the memory of LSASS on a domain controller.",
                    "Workbench",
                    "P0",
                    "Password reset of the affected service accounts has started."),
            new Story(
                    "Phishing campaign against finance",
                    "Twenty-three messages with one sender domain passed the filter in an hour.",
                    "Others",
                    "P2",
                    "Messages removed from the mailboxes."),
            new Story(
                    "Impossible travel of a privileged account",
                    "Sign-ins from Lisbon and Singapore within 40 minutes.",
                    "Workbench",
                    "P1",
                    "The owner is on a VPN of the Singapore office."),
            new Story(
                    "Exposed storage account",
                    "Three risk events on production accounts.",
                    "RiskEvent",
                    "P2",
                    "Public access has been switched off."),
            new Story(
                    "Non-compliant cloud configuration",
                    "Five checks fail on the accounts of the payment platform.",
                    "Compliance",
                    "P2",
                    "The platform team has a change for Thursday."),
            new Story(
                    "Beaconing to a known command server",
                    "A print server contacts one address every 300 seconds.",
                    "ManagedServices",
                    "P1",
                    "Blocked at the proxy."),
            new Story(
                    "Forensic image of laptop LT-2231",
                    "Evidence for a leaver's case – für die Rechtsabteilung.",
                    "Forensics",
                    "P3",
                    "Image stored, hash recorded."),
            new Story(
                    "Unusual download volume from the wiki",
                    "One account exported 4,200 pages over night.",
                    "Others",
                    "P3",
                    "It was the new search index."));
    private static final List<String> FINDINGS =
            List.of("TruePositive", "BenignTruePositive", "FalsePositive", "Noteworthy");

    private CaseSeeds() {}

    /** Adds cases, oldest first, the last one created an hour before now. */
    static void fill(CaseStore store, int count, long seed, Instant now) {
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            Instant created = now.minus(
                            Duration.ofDays(42).multipliedBy(count - 1L - i).dividedBy(count))
                    .minus(Duration.ofHours(1))
                    .truncatedTo(ChronoUnit.SECONDS);
            Duration age = Duration.between(created, now);
            Instant updated = created.plusSeconds((long) (age.toSeconds() * random.nextDouble() * 0.9));
            add(store, STORIES.get(i % STORIES.size()), i, random, created, updated);
        }
    }

    private static void add(CaseStore store, Story story, int i, Random random, Instant created, Instant updated) {
        // Every fifth is closed and every third is worked on, so that any dozen has all three.
        String status = i % 5 == 3 ? "Closed" : i % 3 == 1 ? "In-progress" : "Open";
        boolean open = status.equals("Open");
        String owner = People.ANALYSTS.get(random.nextInt(People.ANALYSTS.size()));
        ObjectNode fields = JsonNodeFactory.instance
                .objectNode()
                .put("name", i < STORIES.size() ? story.name() : story.name() + " (" + (i / STORIES.size() + 1) + ")")
                .put("description", story.description())
                .put("type", story.type())
                .put("status", status)
                .put("priority", story.priority())
                .put("findings", status.equals("Closed") ? FINDINGS.get(random.nextInt(FINDINGS.size())) : "NoFindings")
                .put("updatedDateTime", (open ? created : updated).toString());
        if (story.type().equals("ManagedServices")) {
            fields.put("holder", "Customer");
        }
        ArrayNode items = fields.putArray("associatedItemIds");
        if (story.type().equals("Workbench")) {
            items.add(String.format(
                    "WB-11542-%s-%05d", created.toString().substring(0, 10).replace("-", ""), 40 + i));
        }
        if (!open) {
            fields.putArray("owners").add(People.named(owner));
            fields.set("lastUpdater", People.named(owner));
        }
        StoredCase added = store.add(fields, People.SYSTEM, created);
        if (!open) {
            Entry note = store.addNote(added, owner, story.note(), List.of());
            note.json.put("createdDateTime", updated.toString()).put("updatedDateTime", updated.toString());
            added.entry.json.put("updatedDateTime", updated.toString());
        }
    }
}
