package io.ticketbridge.deliver.servicenow;

import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.fault.Deadline;
import io.ticketbridge.fault.TimedStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;

/** Keeps status and headers of each answer for the calling thread, limits its time, and tells the store how its token fared. */
final class AnswerListener extends AbstractPhaseInterceptor<Message> {
    private static final int UNAUTHORISED = 401;

    private final ServiceNowSettings serviceNow;
    private final Authorisation authorisation;
    private final String sentKey;
    private volatile Consumer<LastAnswer> hearer = answer -> {};

    AnswerListener(ServiceNowSettings serviceNow, Authorisation authorisation) {
        super(AnswerListener.class.getName() + "@" + serviceNow.url(), Phase.RECEIVE);
        this.sentKey = RequestSigner.sentKey(serviceNow);
        this.serviceNow = serviceNow;
        this.authorisation = authorisation;
    }

    void tell(Consumer<LastAnswer> other) {
        hearer = other;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void handleMessage(Message answer) {
        Message request = answer.getExchange().getOutMessage();
        Object sent = request == null ? null : request.get(sentKey);
        if (!(sent instanceof String value) || !(answer.get(Message.RESPONSE_CODE) instanceof Integer status)) {
            return;
        }
        InputStream body = answer.getContent(InputStream.class);
        if (body != null) {
            Deadline deadline = new Deadline(serviceNow.requestTimeout(), () -> close(body));
            answer.setContent(InputStream.class, new TimedStream(body, deadline));
        }
        boolean worthRepeating = false;
        if (status == UNAUTHORISED) {
            worthRepeating = authorisation.refused(value);
        } else {
            authorisation.accepted(value);
        }
        Object headers = answer.get(Message.PROTOCOL_HEADERS);
        LastAnswer.note(status, headers == null ? Map.of() : (Map<String, List<String>>) headers, worthRepeating);
        hearer.accept(LastAnswer.current());
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // Whoever reads is told by the next read.
        }
    }
}
