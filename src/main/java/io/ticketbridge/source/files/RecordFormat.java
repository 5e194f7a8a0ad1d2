package io.ticketbridge.source.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Tells by a record's own fields which format it has, so that formats may be mixed in one file. */
final class RecordFormat {
    /** Vulnerabilities, detections, incidents, sensitive data, applications: Security Hub collects them beside its controls. */
    private static final Set<Long> OTHER_FINDINGS = Set.of(2002L, 2004L, 2005L, 2006L, 2007L);

    private RecordFormat() {}

    static Normaliser of(JsonNode record) throws Unfit {
        long ocsfClass = Fields.number(record.path("class_uid"))
                .orElse(Fields.number(record.path("type_uid")).orElse(0) / 100);
        if (ocsfClass == 2003) {
            return Ocsf.isProwler(record) ? new ProwlerComplianceNormaliser() : new OcsfComplianceNormaliser();
        } else if (ocsfClass == 2004 && Ocsf.isProwler(record)) {
            return new ProwlerNormaliser();
        } else if (OTHER_FINDINGS.contains(ocsfClass) && !Ocsf.product(record).isEmpty()) {
            throw new LeftOut("OCSF " + ocsfClass);
        } else if (ocsfClass == 2001) {
            throw new Unfit(
                    "OCSF class_uid 2001 (Security Finding) is not read; export with Prowler 4 or later, or class 2003");
        } else if (ocsfClass != 0) {
            throw new Unfit("OCSF class_uid " + ocsfClass
                    + " is not read; export class 2003 (Compliance Finding), or 2004 from Prowler");
        } else if (record.has("SchemaVersion") || record.has("ProductArn")) {
            return new AsffNormaliser();
        } else if (record.has("detail-type")) {
            throw new Unfit("an EventBridge event without detail.findings; let its rule send the detail-types"
                    + " \"Security Hub Findings - Imported\" and \"Findings Imported V2\" alone");
        }
        throw new Unfit("neither OCSF (no class_uid) nor ASFF (no SchemaVersion or ProductArn); export as Prowler"
                + " json-ocsf, OCSF Compliance Finding or ASFF");
    }
}
