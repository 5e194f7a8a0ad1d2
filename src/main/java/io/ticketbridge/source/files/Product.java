package io.ticketbridge.source.files;

/** The product that made a finding, as part of the identity. */
final class Product {
    private Product() {}

    /** Its ARN without the region, which the identity has apart: {@code arn:aws:securityhub:::product/aws/securityhub}. */
    static String withoutRegion(String uid) {
        String[] parts = uid.split(":", 6);
        if (parts.length < 6 || !parts[0].equals("arn")) {
            return uid;
        }
        parts[3] = "";
        return String.join(":", parts);
    }

    /** The region in its ARN, or empty. */
    static String region(String arn) {
        String[] parts = arn.split(":", 6);
        return parts.length == 6 && parts[0].equals("arn") ? parts[3] : "";
    }
}
