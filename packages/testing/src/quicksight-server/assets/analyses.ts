import { beginWork, type Call, type Handler, optionalText, text } from "../call.ts";
import { definitionErrors } from "../definition/definition-errors.ts";
import { fillIn } from "../definition/fill-in.ts";
import { page } from "../pages.ts";
import { alreadyExists, invalid, notFound, ServiceError } from "../service-error.ts";
import type { StoredAnalysis, Wire } from "../store.ts";
import { lookAt, resultOf, statusOf, type WorkError } from "../work.ts";
import { checkIdle, existing, newAsset, REQUEST } from "./assets.ts";
import { checkPermissions } from "./permissions.ts";

/** Analyses: what people edit. They have no versions, and their ids outlive them by a month. */
export const ANALYSES = {
  CreateAnalysis(call) {
    const { store, input } = call;
    const id = text(input, "AnalysisId");
    if (store.analyses.has(id)) throw alreadyExists(`Analysis ${id}`);
    checkPermissions(call, "Analysis", input["Permissions"] as []);
    const analysis: StoredAnalysis = {
      ...newAsset(call, id, "analysis"),
      ...contentOf(call, "CREATION"),
      isDeleted: false,
    };
    store.analyses.set(id, analysis);
    return { ...names(analysis), CreationStatus: statusOf(analysis.work) };
  },
  UpdateAnalysis(call) {
    const analysis = liveAnalysisOf(call);
    checkIdle(analysis.work, `Analysis ${analysis.id}`);
    delete analysis.theme;
    Object.assign(analysis, contentOf(call, "UPDATE"));
    analysis.updatedAt = call.store.tick();
    return { ...names(analysis), UpdateStatus: statusOf(analysis.work) };
  },
  DescribeAnalysis(call) {
    const analysis = describable(call);
    const status = statusFor(analysis);
    const sheets = (analysis.definition["Sheets"] ?? []) as readonly Wire[];
    return {
      Analysis: {
        ...summaryOf(analysis, status),
        Errors: errorsOf(analysis),
        DataSetArns: dataSetArns(analysis),
        Sheets: sheets.map(({ SheetId, Name }) => ({
          SheetId,
          ...(Name !== undefined && { Name }),
        })),
        ...(analysis.theme !== undefined && { ThemeArn: analysis.theme }),
      },
      ...REQUEST,
    };
  },
  DescribeAnalysisDefinition(call) {
    const analysis = describable(call);
    const ResourceStatus = statusFor(analysis);
    return {
      AnalysisId: analysis.id,
      Name: analysis.name,
      ResourceStatus,
      Errors: errorsOf(analysis),
      ...(analysis.theme !== undefined && { ThemeArn: analysis.theme }),
      Definition: fillIn(analysis.definition, "AnalysisDefinition"),
      ...REQUEST,
    };
  },
  DeleteAnalysis(call) {
    const analysis = liveAnalysisOf(call);
    checkIdle(analysis.work, `Analysis ${analysis.id}`);
    if (call.input["ForceDeleteWithoutRecovery"] === true) call.store.analyses.delete(analysis.id);
    else analysis.isDeleted = true;
    return names(analysis);
  },
  RestoreAnalysis(call) {
    const analysis = analysisOf(call);
    if (!analysis.isDeleted) throw invalid(`Analysis ${analysis.id} is not deleted`);
    analysis.isDeleted = false;
    return names(analysis);
  },
  ListAnalyses(call) {
    const { analyses } = call.store;
    const summaries = [...analyses.values()].map((each) => summaryOf(each, seen(each)));
    return page(call, "AnalysisSummaryList", summaries);
  },
} satisfies Record<string, Handler>;

const FAILURE: WorkError = { Type: "INTERNAL_FAILURE", Message: "An internal failure occurred" };

type Content = Pick<StoredAnalysis, "name" | "theme" | "definition" | "work">;

function contentOf(call: Call, phase: "CREATION" | "UPDATE"): Content {
  const { store, input } = call;
  const definition = input["Definition"] as Wire | undefined;
  if (definition === undefined) throw invalid("This server makes analyses from definitions only");
  const errors = definitionErrors(definition, store);
  const theme = optionalText(input, "ThemeArn");
  return {
    name: text(input, "Name"),
    ...(theme !== undefined && { theme }),
    definition,
    work: beginWork(call, { phase, errors, failure: FAILURE }),
  };
}

function analysisOf({ store, input }: Call): StoredAnalysis {
  return existing(store.analyses, text(input, "AnalysisId"), "Analysis");
}

function liveAnalysisOf(call: Call): StoredAnalysis {
  const analysis = analysisOf(call);
  if (analysis.isDeleted) throw notFound(`Analysis ${analysis.id}`);
  return analysis;
}

function describable(call: Call): StoredAnalysis {
  const analysis = analysisOf(call);
  if (call.store.broken.has(analysis.id)) {
    throw new ServiceError("InternalFailureException", "An internal failure occurred");
  }
  return analysis;
}

function statusFor(analysis: StoredAnalysis): string {
  const status = lookAt(analysis.work);
  return analysis.isDeleted ? "DELETED" : status;
}

function seen({ isDeleted, work }: StoredAnalysis): string {
  return isDeleted ? "DELETED" : statusOf(work);
}

function errorsOf({ work }: StoredAnalysis): Content["work"]["errors"] {
  return resultOf(work) === "FAILED" ? work.errors : [];
}

function dataSetArns({ definition }: StoredAnalysis): readonly unknown[] {
  const declared = (definition["DataSetIdentifierDeclarations"] ?? []) as readonly Wire[];
  return declared.map(({ DataSetArn }) => DataSetArn);
}

function summaryOf(
  { id, arn, name, createdAt, updatedAt }: StoredAnalysis,
  Status: string,
): object {
  return {
    AnalysisId: id,
    Arn: arn,
    Name: name,
    Status,
    CreatedTime: createdAt,
    LastUpdatedTime: updatedAt,
  };
}

function names({ id, arn }: StoredAnalysis): Record<string, unknown> {
  return { AnalysisId: id, Arn: arn, ...REQUEST };
}
