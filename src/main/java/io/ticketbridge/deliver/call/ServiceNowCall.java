package io.ticketbridge.deliver.call;

import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.SysId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.apache.camel.util.MimeTypeHelper;

/**
 * One call to ServiceNow, made by {@code call-servicenow}: the component's headers and body in one value, so that nothing
 * else on the message can choose the table or the record.
 */
public record ServiceNowCall(Map<String, Object> headers, Object body) {

    public static ServiceNowCall create(String table, Map<String, String> fields) {
        return new ServiceNowCall(headers("table", "create", table), new LinkedHashMap<>(fields));
    }

    public static ServiceNowCall update(String table, String sysId, Map<String, String> fields) {
        Map<String, Object> headers = headers("table", "update", table);
        headers.put(ServiceNowConstants.PARAM_SYS_ID, SysId.require(sysId));
        return new ServiceNowCall(headers, new LinkedHashMap<>(fields));
    }

    /** @param limit the most rows that are wanted; more than that is never read */
    public static ServiceNowCall find(String table, EncodedQuery query, String columns, int limit) {
        return find(table, query.toString(), columns, limit);
    }

    /** The same with a query that was written by a person. */
    public static ServiceNowCall find(String table, String query, String columns, int limit) {
        Map<String, Object> headers = headers("table", "retrieve", table);
        // The component takes %41 in a header for an escaped A.
        headers.put(ServiceNowConstants.SYSPARM_QUERY, query.replace("%", "%25"));
        headers.put(ServiceNowConstants.SYSPARM_FIELDS, columns);
        headers.put(ServiceNowConstants.SYSPARM_LIMIT, limit);
        return new ServiceNowCall(headers, null);
    }

    /** The same with display values: the only way to read a journal from the record itself. */
    public static ServiceNowCall findDisplayed(String table, EncodedQuery query, String columns, int limit) {
        ServiceNowCall call = find(table, query, columns, limit);
        call.headers().put(ServiceNowConstants.SYSPARM_DISPLAY_VALUE, "true");
        return call;
    }

    /** The same with values and display values. */
    public static ServiceNowCall findBoth(String table, EncodedQuery query, String columns, int limit) {
        ServiceNowCall call = find(table, query, columns, limit);
        call.headers().put(ServiceNowConstants.SYSPARM_DISPLAY_VALUE, "all");
        return call;
    }

    /** The bytes of a file. */
    public static ServiceNowCall content(String sysId) {
        Map<String, Object> headers = headers("attachment", "content", "sys_attachment");
        headers.put(ServiceNowConstants.PARAM_SYS_ID, SysId.require(sysId));
        return new ServiceNowCall(headers, null);
    }

    public static ServiceNowCall attachments(EncodedQuery query) {
        return attachments(query, 0, 1000);
    }

    /** @param offset how many of them are passed over */
    public static ServiceNowCall attachments(EncodedQuery query, int offset, int limit) {
        Map<String, Object> headers = headers("attachment", "retrieve", "sys_attachment");
        headers.put(ServiceNowConstants.SYSPARM_QUERY, query.header());
        headers.put(ServiceNowConstants.SYSPARM_LIMIT, limit);
        if (offset > 0) {
            headers.put(ServiceNowConstants.SYSPARM_OFFSET, offset);
        }
        return new ServiceNowCall(headers, null);
    }

    public static ServiceNowCall upload(String table, String sysId, String fileName, String type, Object content) {
        Map<String, Object> headers = headers("attachment", "upload", table);
        headers.put(ServiceNowConstants.PARAM_TABLE_SYS_ID, SysId.require(sysId));
        headers.put(ServiceNowConstants.PARAM_FILE_NAME, fileName);
        headers.put(ServiceNowConstants.CONTENT_TYPE, type + ";charset=UTF-8");
        return new ServiceNowCall(headers, content);
    }

    /** The same for a file of which only name and bytes are known: an instance may refuse one whose type does not fit its name. */
    public static ServiceNowCall uploadBytes(String table, String sysId, String fileName, byte[] content) {
        String type = Objects.requireNonNullElse(MimeTypeHelper.probeMimeType(fileName), "application/octet-stream");
        ServiceNowCall call = upload(table, sysId, fileName, type, content);
        call.headers().put(ServiceNowConstants.CONTENT_TYPE, type);
        return call;
    }

    private static Map<String, Object> headers(String resource, String action, String table) {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put(ServiceNowConstants.RESOURCE, resource);
        headers.put(ServiceNowConstants.ACTION, action);
        headers.put(ServiceNowConstants.PARAM_TABLE_NAME, table);
        return headers;
    }

    /** Puts headers and body onto the message; called by the route after it has cleared what stuck there. */
    public void apply(Exchange exchange) {
        Message message = exchange.getMessage();
        headers.forEach(message::setHeader);
        message.setBody(body instanceof SpentFile file ? file.open() : body);
    }

    /** What is sent, for the ledger: never a credential, those are added behind the component. */
    @Override
    public String toString() {
        return headers + " " + body;
    }
}
