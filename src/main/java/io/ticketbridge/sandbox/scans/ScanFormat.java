package io.ticketbridge.sandbox.scans;

/** How a scan is written. */
public enum ScanFormat {
    /** Prowler's json-ocsf: one array of Detection Findings. */
    OCSF("ocsf.json"),
    /** The same records, one a line. */
    NDJSON("ocsf.ndjson"),
    /** One array in the AWS Security Finding Format, as Prowler writes it. */
    ASFF("asff.json");

    private final String extension;

    ScanFormat(String extension) {
        this.extension = extension;
    }

    String extension() {
        return extension;
    }
}
