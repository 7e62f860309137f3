import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '../../../../server/auth/options.ts';
import { services } from '../../../../server/services.ts';

const handler = (request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) =>
  NextAuth(authOptions(services(), request.cookies))(request, context);

export { handler as GET, handler as POST };
