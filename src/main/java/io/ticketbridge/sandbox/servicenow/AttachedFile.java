package io.ticketbridge.sandbox.servicenow;

/** A file attached to a record. */
public record AttachedFile(String sysId, String fileName, String contentType, byte[] bytes) {}
