package io.ticketbridge.source.files;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** All that a file holds, and short records in the shape of each format. */
record Records(List<SourceRecord> all, boolean complete, Optional<String> problem) {
    static final String NAME = "findings.json";

    static Records of(String text) throws IOException {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Records of(byte[] bytes) throws IOException {
        return of(new ByteArrayInputStream(bytes));
    }

    static Records of(InputStream in) throws IOException {
        try (FindingsFile file = FindingsFile.open(in, NAME)) {
            List<SourceRecord> all = new ArrayList<>();
            file.forEachRemaining(all::add);
            return new Records(all, file.complete(), file.problem());
        }
    }

    List<Finding> findings() {
        return all.stream()
                .filter(Finding.class::isInstance)
                .map(Finding.class::cast)
                .toList();
    }

    List<Unreadable> unreadable() {
        return all.stream()
                .filter(Unreadable.class::isInstance)
                .map(Unreadable.class::cast)
                .toList();
    }

    List<String> resources() {
        return findings().stream().map(finding -> finding.resource().uid()).toList();
    }

    /** The one finding of a file that holds nothing else. */
    static Finding only(String text) throws IOException {
        Records records = of(text);
        if (records.all.size() != 1 || records.findings().size() != 1) {
            throw new AssertionError("one finding expected, got " + records);
        }
        return records.findings().get(0);
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    static String prowler(String resource) {
        return ("{'class_uid':2004,'metadata':{'event_code':'s3_public','product':{'name':'Prowler','version':'5.4.0'}},"
                        + "'status_code':'FAIL','status_id':1,'severity_id':4,'time':1739539623,"
                        + "'finding_info':{'title':'Buckets are private','uid':'prowler-aws-s3_public-111122223333-eu-west-1-b'},"
                        + "'message':'Bucket is public.','resources':[{'uid':'RESOURCE','region':'eu-west-1'}],"
                        + "'cloud':{'account':{'uid':'111122223333'},'provider':'aws','region':'eu-west-1'}}")
                .replace('\'', '"')
                .replace("RESOURCE", resource);
    }

    static String ocsf(String resource) {
        return ("{'class_uid':2003,'metadata':{'version':'1.6.0','product':{'name':'Security Hub',"
                        + "'uid':'arn:aws:securityhub:eu-west-1::productv2/aws/securityhub'}},"
                        + "'compliance':{'control':'S3.1','status_id':3,'standards':['standards/pci-dss/v/3.2.1']},"
                        + "'finding_info':{'title':'Buckets are private','uid':'x'},'severity_id':4,'status_id':1,"
                        + "'time':1748167200000,'cloud':{'account':{'uid':'111122223333'},'region':'eu-west-1'},"
                        + "'resources':[{'uid':'RESOURCE','region':'eu-west-1'}]}")
                .replace('\'', '"')
                .replace("RESOURCE", resource);
    }

    static String asff(String resource) {
        return ("{'SchemaVersion':'2018-10-08','Id':'x','ProductArn':'arn:aws:securityhub:eu-west-1::product/aws/securityhub',"
                        + "'GeneratorId':'security-control/S3.1','AwsAccountId':'111122223333','Title':'Buckets are private',"
                        + "'Description':'This control checks buckets.','Severity':{'Label':'HIGH'},"
                        + "'UpdatedAt':'2025-05-25T10:00:00Z','RecordState':'ACTIVE','Workflow':{'Status':'NEW'},"
                        + "'Compliance':{'Status':'FAILED','SecurityControlId':'S3.1'},"
                        + "'Resources':[{'Id':'RESOURCE','Type':'AwsS3Bucket','Region':'eu-west-1'}]}")
                .replace('\'', '"')
                .replace("RESOURCE", resource);
    }
}
