package io.ticketbridge.source.files;

import io.ticketbridge.finding.Finding;
import java.util.List;

/**
 * What one record became.
 *
 * @param findings one per resource
 * @param problems one per resource that could not be told from others: cause and cure
 */
record Normalised(List<Finding> findings, List<String> problems) {}
