package io.ticketbridge.source.files;

import com.fasterxml.jackson.databind.JsonNode;

/** Tells by a record's own fields which format it has, so that formats may be mixed in one file. */
final class RecordFormat {
    private RecordFormat() {}

    static Normaliser of(JsonNode record) throws Unfit {
        long ocsfClass = Fields.number(record.path("class_uid"))
                .orElse(Fields.number(record.path("type_uid")).orElse(0) / 100);
        if (ocsfClass == 2003) {
            return Ocsf.isProwler(record) ? new ProwlerComplianceNormaliser() : new OcsfComplianceNormaliser();
        } else if (ocsfClass == 2004 && Ocsf.isProwler(record)) {
            return new ProwlerNormaliser();
        } else if (ocsfClass == 2004) {
            throw new Unfit(
                    "an OCSF Detection Finding (class_uid 2004) that is not Prowler's; it is no compliance finding,"
                            + " leave it out of the export");
        } else if (ocsfClass != 0) {
            throw new Unfit("OCSF class_uid " + ocsfClass
                    + " is not read; export class 2003 (Compliance Finding), or 2004" + " from Prowler");
        } else if (record.has("SchemaVersion") || record.has("ProductArn")) {
            return new AsffNormaliser();
        }
        throw new Unfit("neither OCSF (no class_uid) nor ASFF (no SchemaVersion or ProductArn); export as Prowler"
                + " json-ocsf, OCSF Compliance Finding or ASFF");
    }
}
